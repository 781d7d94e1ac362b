import { Random } from '@gpt-ts/core';
import { linear, parameter, tensor, tidy } from '@gpt-ts/kernels';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend, type WasmBackendInfo } from './use-wasm-backend.js';

const [K, N] = [600, 40]; // a sum in three blocks
const random = new Random(2);
const normals = (n: number) => Float32Array.from({ length: n }, () => random.normal());

describe.each(['plain', 'relaxed'] as const)('a row of a product, %s', (simd) => {
  let backend: WasmBackendInfo;
  beforeAll(async () => {
    backend = await useWasmBackend({ simd, threads: 1 });
  });
  afterAll(() => backend[Symbol.dispose]());

  test('has the same bits wherever it lies, among any number of rows from 4 on', async () => {
    const [x, w, b] = [normals(40 * K), normals(K * N), normals(N)];
    const [weight, bias] = [parameter(w, [K, N]), parameter(b, [N])];
    const rows = async (from: number, to: number) => {
      const y = tidy(() => linear(tensor(x.slice(from * K, to * K), [to - from, K]), weight, bias));
      const values = await y.data();
      y.dispose();
      return values;
    };
    const all = await rows(0, 40);
    for (const [from, to] of [
      [0, 4],
      [0, 13],
      [1, 24],
      [7, 40],
      [31, 35],
    ]) {
      expect(await rows(from, to)).toEqual(all.slice(from * N, to * N));
    }
    for (const each of [weight, bias]) each.dispose();
  });
});
