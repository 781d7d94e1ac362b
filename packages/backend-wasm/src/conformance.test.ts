import { readFileSync } from 'node:fs';
import {
  causalAttention,
  idTensor,
  languageModelLoss,
  memory,
  parameter,
  tensor,
  valueAndGrads,
} from '@gpt-ts/kernels';
import { goldenCases, gradientCases, kernelCases, readGoldenFiles, refusalCases } from '@gpt-ts/kernels/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend, type WasmBackendInfo } from './use-wasm-backend.js';

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

const cases = [...goldenCases(files), ...kernelCases(), ...gradientCases(), ...refusalCases()];

describe.each(['relaxed', 'plain'] as const)('the wasm backend, %s', (simd) => {
  let backend: WasmBackendInfo;
  beforeAll(async () => {
    backend = await useWasmBackend({ simd });
  });
  afterAll(() => backend[Symbol.dispose]());

  test.each(cases)('$name', async ({ name, check }) => {
    const before = memory().numTensors;
    const largest = await check();
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${name}`);
    expect(memory().numTensors).toBe(before);
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

  test('what a NaN leaves in scratch memory harms nothing', async () => {
    const [t, width] = [150, 96];
    const qkv = parameter(new Float32Array(t * width).fill(Number.NaN), [1, t, width]);
    const head = parameter(new Float32Array((9 * width) / 3).fill(1), [9, width / 3]);
    const targets = idTensor(new Int32Array(t), [1, t]);
    valueAndGrads(() => languageModelLoss(causalAttention(qkv, 2), head, targets).loss, [qkv, head]);
    for (const { check } of cases) await check();
  });
});
