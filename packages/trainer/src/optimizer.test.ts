import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { dispose, memory, type Parameter, parameter, tensor, writeParameter } from '@gpt-ts/kernels';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Optimizer } from './optimizer.js';

const settings = { beta1: 0.9, beta2: 0.99, eps: 1e-8, weightDecay: 0.5, clipNorm: 1 };
const data = async (x: Parameter) => [...(await x.data())];

beforeAll(async () => {
  await useWasmBackend();
});

describe('Optimizer', () => {
  let parameters: Map<string, Parameter>;
  const grads = (matrix: number, vector: number) => [
    tensor(new Float32Array(4).fill(matrix), [2, 2]),
    tensor(new Float32Array(2).fill(vector), [2]),
  ];
  const get = (name: string) => data(parameters.get(name)!);

  beforeEach(() => {
    parameters = new Map([
      ['weight', parameter(Float32Array.of(1, 2, 3, 4), [2, 2])],
      ['bias', parameter(Float32Array.of(5, 6), [2])],
    ]);
  });
  afterEach(() => dispose(parameters.values()));

  test('decays matrices and leaves vectors alone', async () => {
    using optimizer = new Optimizer(parameters, settings);
    const zero = grads(0, 0);
    expect(await optimizer.update(zero, 1, 0.5)).toBe(0);
    expect(await get('weight')).toEqual([0.75, 1.5, 2.25, 3]); // times 1 - 0.5 x 0.5
    expect(await get('bias')).toEqual([5, 6]);
    dispose(zero);
  });

  test('a first step is the learning rate against the sign of the gradient', async () => {
    using optimizer = new Optimizer(parameters, { ...settings, weightDecay: 0 });
    const some = grads(0.1, -0.1);
    await optimizer.update(some, 1, 0.25);
    expect(await get('weight')).toEqual([0.75, 1.75, 2.75, 3.75].map((x) => expect.closeTo(x, 6)));
    expect(await get('bias')).toEqual([5.25, 6.25].map((x) => expect.closeTo(x, 6)));
    dispose(some);
  });

  test('scales all gradients down when their common norm exceeds the limit, and never up', async () => {
    for (const [value, norm, scale] of [
      [2, Math.sqrt(24), 1 / Math.sqrt(24)],
      [0.1, Math.sqrt(0.06), 1],
    ]) {
      using optimizer = new Optimizer(parameters, settings);
      const each = grads(value, value);
      expect(await optimizer.update(each, 1, 0.1)).toBeCloseTo(norm, 6); // before clipping
      for (const { m, v } of optimizer.moments.values()) {
        for (const mean of await data(m)) expect(mean).toBeCloseTo(0.1 * value * scale, 6);
        for (const square of await data(v)) expect(square).toBeCloseTo(0.01 * (value * scale) ** 2, 7);
      }
      dispose(each);
    }
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a gradient of %s changes nothing', async (bad) => {
    using optimizer = new Optimizer(parameters, settings);
    const some = grads(1, bad);
    expect(Number.isFinite(await optimizer.update(some, 1, 0.1))).toBe(false);
    expect(await get('weight')).toEqual([1, 2, 3, 4]);
    expect(await get('bias')).toEqual([5, 6]);
    for (const { m, v } of optimizer.moments.values()) {
      expect([...(await data(m)), ...(await data(v))].every((x) => x === 0)).toBe(true);
    }
    dispose(some);
  });

  test('continues from moments that are put back', async () => {
    const steps = async (optimizer: Optimizer, from: number, to: number) => {
      for (let step = from; step <= to; step++) {
        const each = grads(Math.sin(step), Math.cos(step));
        await optimizer.update(each, step, 0.1);
        dispose(each);
      }
    };
    using whole = new Optimizer(parameters, settings);
    await steps(whole, 1, 2);
    const halfway = [await get('weight'), await get('bias')];
    const moments = new Map<string, Float32Array[]>();
    for (const [name, { m, v }] of whole.moments) {
      moments.set(name, [Float32Array.from(await m.data()), Float32Array.from(await v.data())]);
    }
    await steps(whole, 3, 4);
    const want = [await get('weight'), await get('bias')];

    const copies = new Map([
      ['weight', parameter(Float32Array.from(halfway[0]), [2, 2])],
      ['bias', parameter(Float32Array.from(halfway[1]), [2])],
    ]);
    using resumed = new Optimizer(copies, settings);
    for (const [name, { m, v }] of resumed.moments) {
      const [mean, square] = moments.get(name)!;
      writeParameter(m, 0, mean);
      writeParameter(v, 0, square);
    }
    await steps(resumed, 3, 4);
    expect([await data(copies.get('weight')!), await data(copies.get('bias')!)]).toEqual(want);
    dispose(copies.values());
  });

  test('owns two moments a parameter, and leaves no other tensor', async () => {
    const before = memory().numTensors;
    {
      using optimizer = new Optimizer(parameters, settings);
      expect(memory().numTensors).toBe(before + 4);
      const some = grads(1, 1);
      for (let step = 1; step <= 3; step++) await optimizer.update(some, step, 0.1);
      dispose(some);
      expect(memory().numTensors).toBe(before + 4);
    }
    expect(memory().numTensors).toBe(before);
  });
});
