import { idTensor, tensor } from '@gpt-ts/kernels';
import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend, type WasmBackendInfo } from './use-wasm-backend.js';

/**
 * The kernels' exponential of each value: the gradient of a cross entropy is `exp(logit - logSumExp)`, less 1 at the
 * target. With a `logSumExp` of 0 and an extra logit for the target, what is left is the exponential itself.
 */
function exp(values: Float32Array): Float32Array {
  const logits = tensor(Float32Array.of(0, ...values), [1, values.length + 1]);
  const inputs = {
    dLoss: tensor(Float32Array.of(1), []),
    logits,
    targets: idTensor(Int32Array.of(0), [1]),
    logSumExp: tensor(Float32Array.of(0), [1]),
  };
  const [probabilities] = engine().runKernel('GptCrossEntropyGrad', inputs, {}) as Tensor[];
  return (probabilities.dataSync() as Float32Array).subarray(1);
}

/** Largest relative error over evenly spaced values, 0 included where it is in the range. */
function largestError(from: number, to: number, points = 100_000): number {
  const values = Float32Array.from({ length: points }, (_, i) => from + ((to - from) * i) / (points - 1));
  const got = exp(values);
  return values.reduce((max, x, i) => Math.max(max, Math.abs(got[i] / Math.exp(x) - 1)), 0);
}

describe.each(['relaxed', 'plain'] as const)('the vector exponential, %s', (simd) => {
  let backend: WasmBackendInfo;
  beforeAll(async () => {
    backend = await useWasmBackend({ simd, threads: 1 });
  });
  afterAll(() => backend[Symbol.dispose]());

  test.each([
    [-87, 0],
    [-1, 1],
    [0, 80],
    [80, 88],
  ])('from %f to %f has a relative error below 1e-7', (from, to) => {
    const error = largestError(from, to);
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(simd, from, to, error);
    expect(error).toBeLessThan(1e-7); // seen: relaxed 8.2e-8, 7.1e-8, 7.8e-8, 8.1e-8; plain 7.7e-8, 6.7e-8, 7.7e-8, 7.8e-8
  });

  test('is exactly 1 at 0', () => {
    expect([...exp(Float32Array.of(0, -0))]).toEqual([1, 1]);
  });

  test('keeps a NaN', () => {
    expect(exp(Float32Array.of(Number.NaN))[0]).toBeNaN();
  });

  test('is neither 0 nor infinite beyond its range', () => {
    const [smallest, largest] = exp(Float32Array.of(-87.3, 88));
    expect(smallest).toBeGreaterThan(1e-38);
    expect(Number.isFinite(largest)).toBe(true);
    const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;
    expect([...exp(Float32Array.of(-1000, NEGATIVE_INFINITY))]).toEqual([smallest, smallest]);
    expect([...exp(Float32Array.of(1000, POSITIVE_INFINITY))]).toEqual([largest, largest]);
  });

  test('is the same for a whole vector and for what is left over', () => {
    const whole = exp(Float32Array.of(-3.25, 0.1, 2.5, 7, -3.25, 0.1, 2.5));
    expect(whole.slice(4)).toEqual(whole.slice(0, 3));
  });
});
