import { InvalidArgumentError, ShapeError } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useComposedBackend } from '../composed.js';
import { useReferenceBackend } from '../reference.js';
import { reshape } from '../reshape/reshape.js';
import { dispose, memory, parameter, tensor } from '../tensor.js';
import { blend } from './blend.js';

describe.each([
  ['the reference', useReferenceBackend],
  ['composed on cpu', () => useComposedBackend('cpu')],
])('blend, %s', (_, start) => {
  beforeAll(start);

  test('moves the parameter, and nothing else', async () => {
    const target = parameter(Float32Array.of(1, 2, -4), [3]);
    const source = tensor(Float32Array.of(5, 2, 4), [3]);
    const shared = reshape(target, [3, 1]);
    const before = memory();
    blend(target, source, 0.25);
    expect([...(await target.data())]).toEqual([2, 2, -2]);
    expect([...(await source.data())]).toEqual([5, 2, 4]);
    expect([...(await shared.data())]).toEqual([1, 2, -4]);
    expect(memory().numTensors).toBe(before.numTensors);
    blend(target, source, 0);
    expect([...(await target.data())]).toEqual([2, 2, -2]);
    blend(target, source, 1);
    expect([...(await target.data())]).toEqual([5, 2, 4]);
    dispose([target, source, shared]);
  });

  test('many small steps end where the source is', async () => {
    const [target, source] = [0, 0.7].map((value) => parameter(Float32Array.of(value), [1]));
    for (let i = 0; i < 2000; i++) blend(target, source, 0.01);
    expect(Math.abs((await target.data())[0] - 0.7)).toBeLessThan(1e-5); // seen: 3e-6
    dispose([target, source]);
  });

  test('refuses other shapes and shares', () => {
    const [target, other] = [parameter(new Float32Array(6), [2, 3]), tensor(new Float32Array(6), [3, 2])];
    const before = memory();
    expect(() => blend(target, other, 0.5)).toThrow(ShapeError);
    expect(() => blend(target, other, 0.5)).toThrow('blend: source must be [2, 3], got [3, 2].');
    for (const share of [-0.1, 1.1, Number.NaN]) {
      expect(() => blend(target, target, share)).toThrow(InvalidArgumentError);
      expect(() => blend(target, target, share)).toThrow('share must be from 0 to 1');
    }
    expect(memory()).toEqual(before);
    dispose([target, other]);
  });
});
