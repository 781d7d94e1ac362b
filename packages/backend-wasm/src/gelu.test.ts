import { gelu, type Tensor, tensor, tidy } from '@gpt-ts/kernels';
import { engine } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useWasmBackend, type WasmBackendInfo } from './use-wasm-backend.js';

const STEP = 2 ** -10; // so that every x is a float
const GRID = Float32Array.from({ length: 20 * 1024 + 1 }, (_, i) => -10 + i * STEP);

const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** Φ(x) of all x of the grid, in double precision: Simpson's rule from 0 outwards. */
function normalCdfs(): Float64Array {
  const cdfs = new Float64Array(GRID.length).fill(0.5);
  for (let i = (GRID.length + 1) / 2; i < cdfs.length; i++) {
    const [from, to] = [GRID[i - 1], GRID[i]];
    cdfs[i] = cdfs[i - 1] + (STEP / 6) * (density(from) + 4 * density((from + to) / 2) + density(to));
    cdfs[cdfs.length - 1 - i] = 1 - cdfs[i];
  }
  return cdfs;
}

const values = (x: Float32Array) => tidy(() => gelu(tensor(x, [x.length]), 'exact').dataSync());

/** The slope, as the gradient for a dy of 1. */
function slopes(x: Float32Array): Float32Array {
  return tidy(() => {
    const inputs = { x: tensor(x, [x.length]), dy: tensor(x.map(() => 1), [x.length]) }; // biome-ignore format: one line
    const [dx] = engine().runKernel('GptGeluGrad', inputs, { form: 'exact' }) as Tensor[];
    return dx.dataSync() as Float32Array;
  });
}

describe.each(['relaxed', 'plain'] as const)('the exact GELU, %s', (simd) => {
  let backend: WasmBackendInfo;
  beforeAll(async () => {
    backend = await useWasmBackend({ simd, threads: 1 });
  });
  afterAll(() => backend[Symbol.dispose]());

  test('is x Φ(x) from -10 to 10, and so is its slope', () => {
    const [cdfs, y, slope] = [normalCdfs(), values(GRID), slopes(GRID)];
    const [gate, steepness] = [0, 0].map(() => new Float64Array(GRID.length));
    GRID.forEach((x, i) => {
      gate[i] = x === 0 ? 0 : Math.abs(y[i] / x - cdfs[i]);
      steepness[i] = Math.abs(slope[i] - (cdfs[i] + x * density(x)));
    });
    const [worstGate, worstSlope] = [Math.max(...gate), Math.max(...steepness)];
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(simd, worstGate, worstSlope);
    expect(worstGate).toBeLessThan(1e-7); // of Φ = (1 + erf) / 2, with y's own rounding; seen: relaxed 8.2e-8, plain 8.4e-8
    expect(worstSlope).toBeLessThan(1.6e-7); // seen: relaxed 1.2e-7, plain 1.4e-7
  });

  test('has all its digits near 0, where it is x / 2', () => {
    const x = Float32Array.from({ length: 2000 }, (_, i) => (i % 2 ? -1 : 1) * 10 ** (-3 - i / 60)); // 1e-3 to 1e-36
    const y = values(x);
    const worst = x.reduce(
      (max, v, i) => Math.max(max, Math.abs(y[i] / (v * (0.5 + v * density(0))) - 1)),
      0,
    );
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(simd, worst);
    expect(worst).toBeLessThan(1.2e-7); // seen: 9.9e-8 in both
    expect([...values(Float32Array.of(0, -0))]).toEqual([0, -0]);
  });

  test('is x far above 0, and next to nothing far below', () => {
    expect([...values(Float32Array.of(6, 12, 100, 1e30))]).toEqual([...Float32Array.of(6, 12, 100, 1e30)]);
    for (const y of values(Float32Array.of(-12, -13, -100, -1e4))) expect(Math.abs(y)).toBeLessThan(1e-28);
    expect([...slopes(Float32Array.of(100, 1e30))]).toEqual([1, 1]);
  });

  test('keeps a NaN', () => {
    expect(values(Float32Array.of(Number.NaN))[0]).toBeNaN();
    expect(slopes(Float32Array.of(Number.NaN))[0]).toBeNaN();
  });

  test('is the same for a whole vector and for what is left over', () => {
    const x = Float32Array.of(-3.25, 0.1, 0.9, 7, -3.25, 0.1, 0.9);
    for (const f of [values, slopes]) expect(f(x).slice(4)).toEqual(f(x).slice(0, 3));
  });
});
