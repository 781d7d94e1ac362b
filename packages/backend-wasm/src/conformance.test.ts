import { readFileSync } from 'node:fs';
import { causalAttention, memory, tensor } from '@gpt-ts/kernels';
import { goldenCases, gradientCases, kernelCases, readGoldenFiles, refusalCases } from '@gpt-ts/kernels/test';
import { beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend } from './use-wasm-backend.js';

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

describe('the wasm backend', () => {
  beforeAll(async () => {
    await useWasmBackend();
  });

  test.each([...goldenCases(files), ...kernelCases(), ...gradientCases(), ...refusalCases()])(
    '$name',
    async ({ name, check }) => {
      const before = memory().numTensors;
      const largest = await check();
      if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${name}`);
      expect(memory().numTensors).toBe(before);
    },
  );

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
