import { readFileSync } from 'node:fs';
import { decodeSafetensors } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { crossEntropy } from './cross-entropy/cross-entropy.js';
import { embedding } from './embedding/embedding.js';
import { linear } from './linear/linear.js';
import { matMul } from './mat-mul/mat-mul.js';
import { useReferenceBackend } from './reference.js';
import { idTensor, memory, parameter, tensor, tidy, valueAndGrads } from './tensor.js';
import { type GoldenFiles, goldenCases, gradientCases, kernelCases } from './test.js';

const golden = new URL('../../../tooling/golden/kernels/', import.meta.url);
const files = Object.fromEntries(
  ['attention', 'layernorm', 'gelu', 'cross_entropy', 'embedding'].map((name) => [
    name,
    decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, golden)), name).tensors,
  ]),
) as GoldenFiles;

describe('the reference backend', () => {
  beforeAll(useReferenceBackend);

  test.each([...goldenCases(files), ...gradientCases()])('$name', async ({ check }) => {
    const before = memory().numTensors;
    await check();
    expect(memory().numTensors).toBe(before);
  });

  // The kernels are the reference here: this shows that the glue to tfjs moves shapes and values unharmed.
  test.each(kernelCases())('$name', async ({ check }) => {
    expect(await check()).toBe(0);
  });

  test('wrong shapes are refused at the door', () => {
    const x = tensor(new Float32Array(6), [2, 3]);
    expect(() => matMul(x, x)).toThrow('matMul: b must be [3, N], got [2, 3].');
    expect(() => linear(x, x, x)).toThrow('linear: weight must be [3, 3], got [2, 3].');
    expect(() => tensor(new Float32Array(6), [7])).toThrow('shape must be a shape of 6 elements, got [7].');
    x.dispose();
  });

  test('an id outside the table is refused, with its place', () => {
    const table = tensor(new Float32Array(6), [2, 3]);
    for (const bad of [-1, 2]) {
      const ids = idTensor(Int32Array.of(0, bad), [2]);
      expect(() => embedding(table, ids)).toThrow(`token ${bad} at position 1 is not an id from 0 to 1.`);
      ids.dispose();
    }
    table.dispose();
  });

  test('a value that ignores a parameter is an error, not a silent zero', () => {
    const used = parameter(new Float32Array(4), [2, 2]);
    const unused = parameter(new Float32Array(4), [2, 2]);
    const targets = () => idTensor(Int32Array.of(0, 1), [2]);
    const loss = () => tidy(() => crossEntropy(used, targets()).loss);
    expect(() => valueAndGrads(loss, [used, unused])).toThrow('parameter 1, on which it does not');
  });
});
