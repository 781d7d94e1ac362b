import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { linear } from './linear/linear.js';
import { matMul } from './mat-mul/mat-mul.js';
import { useReferenceBackend } from './reference.js';
import { memory, tensor } from './tensor.js';
import {
  definitionCases,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
  refusalCases,
} from './test.js';

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

describe('the reference backend', () => {
  beforeAll(useReferenceBackend);

  test.each([...goldenCases(files), ...definitionCases(), ...gradientCases(), ...refusalCases()])(
    '$name',
    async ({ name, check }) => {
      const before = memory().numTensors;
      const largest = await check();
      if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${name}`);
      expect(memory().numTensors).toBe(before);
    },
  );

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
});
