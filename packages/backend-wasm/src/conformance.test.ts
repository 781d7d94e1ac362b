import { readFileSync } from 'node:fs';
import { philox4x32, streamId } from '@gpt-ts/core';
import {
  type AttentionPattern,
  causalAttention,
  idTensor,
  languageModelLoss,
  memory,
  parameter,
  tensor,
  valueAndGrads,
} from '@gpt-ts/kernels';
import {
  assertClose,
  definitionCases,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
  refusalCases,
} from '@gpt-ts/kernels/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend, type WasmBackendInfo } from './use-wasm-backend.js';

const golden = new URL('../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

const cases = [
  ...goldenCases(files),
  ...kernelCases(),
  ...definitionCases(),
  ...gradientCases(),
  ...refusalCases(),
];

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

  test.each<AttentionPattern>([
    { kind: 'banded', window: 4 },
    { kind: 'column', stride: 20_000 },
  ])('dropout of $kind attention counts its pairs beyond 2^32', async (pattern) => {
    const t = 70_000;
    const values = Float32Array.from({ length: 3 * t }, (_, i) => (i % 3 === 2 ? Math.floor(i / 3) : 0));
    const source = { seed: 3, name: 'long', step: 1 };
    const out = causalAttention(tensor(values, [1, t, 3]), 1, { pattern, dropout: { rate: 0.5, source } });
    const got = (await out.data()).slice(-10);
    const words = new Uint32Array(4);
    const want = Array.from({ length: 10 }, (_, n) => {
      const i = t - 10 + n;
      const keys = [0, 1, 2, 3].map((back) => i - back * (pattern.kind === 'banded' ? 1 : 20_000));
      const kept = keys.filter((j) => {
        const place = i * t + j;
        philox4x32([Math.floor(place / 4), 1, streamId('long'), 1], [3, 0], words);
        return words[place % 4] >= 2 ** 31;
      });
      return kept.reduce((sum, j) => sum + j / 2, 0); // four equal probabilities, doubled where they stay
    });
    assertClose('out', got, want, { rtol: 0, atol: 0 }); // multiples of a half, all exact
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
