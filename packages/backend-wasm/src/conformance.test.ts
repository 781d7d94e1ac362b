import { readFileSync } from 'node:fs';
import { decodeSafetensors } from '@gpt-ts/core';
import { causalAttention, embedding, idTensor, memory, tensor } from '@gpt-ts/kernels';
import { type GoldenFiles, goldenCases, gradientCases, kernelCases } from '@gpt-ts/kernels/test';
import { beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend } from './use-wasm-backend.js';

const golden = new URL('../../../tooling/golden/kernels/', import.meta.url);
const files = Object.fromEntries(
  ['attention', 'layernorm', 'gelu', 'cross_entropy', 'embedding'].map((name) => [
    name,
    decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, golden)), name).tensors,
  ]),
) as GoldenFiles;

describe('the wasm backend', () => {
  beforeAll(async () => {
    await useWasmBackend();
  });

  test.each([...goldenCases(files), ...kernelCases(), ...gradientCases()])(
    '$name',
    async ({ name, check }) => {
      const before = memory().numTensors;
      const largest = await check();
      if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${name}`);
      expect(memory().numTensors).toBe(before);
    },
  );

  test('an id outside the table is refused, with its place', () => {
    const table = tensor(new Float32Array(6), [2, 3]);
    for (const bad of [-1, 2]) {
      const ids = idTensor(Int32Array.of(0, bad), [2]);
      expect(() => embedding(table, ids)).toThrow(`token ${bad} at position 1 is not an id from 0 to 1.`);
      ids.dispose();
    }
    table.dispose();
  });

  test('attention never sees the future', async () => {
    const [t, width] = [37, 24];
    const values = Float32Array.from({ length: t * width }, (_, i) => Math.sin(i * 1.7));
    const first = causalAttention(tensor(values, [1, t, width]), 2);
    for (let i = 20 * width; i < values.length; i++) values[i] = Math.cos(i * 2.3);
    const second = causalAttention(tensor(values, [1, t, width]), 2);
    const seen = 20 * 8;
    expect((await second.data()).slice(0, seen)).toEqual((await first.data()).slice(0, seen));
    expect((await second.data()).slice(seen)).not.toEqual((await first.data()).slice(seen));
  });

  test('a NaN comes out as a NaN, so that training can stop', async () => {
    const qkv = new Float32Array(12).fill(0.5);
    qkv[7] = Number.NaN;
    expect((await causalAttention(tensor(qkv, [1, 2, 6]), 1).data()).some(Number.isNaN)).toBe(true);
  });
});
