import { InvalidArgumentError } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useComposedBackend } from '../composed.js';
import { MissingKernelError } from '../errors/missing-kernel-error.js';
import { emptyParameter } from '../make/empty-parameter.js';
import { useReferenceBackend } from '../reference.js';
import { reshape } from '../reshape/reshape.js';
import { dispose, memory, tidy } from '../tensor.js';
import { valueAndGrads } from '../value-and-grads.js';
import { writeParameter } from './write-parameter.js';

test('without a backend there is no parameter to write to', () => {
  expect(() => emptyParameter([1])).toThrow(MissingKernelError);
  expect(() => emptyParameter([1])).toThrow('emptyParameter: no backend is set.');
});

describe.each([
  ['the reference', useReferenceBackend],
  ['composed on cpu', () => useComposedBackend('cpu')],
])('writeParameter, %s', (_, start) => {
  beforeAll(start);

  test('fills a parameter piece by piece, in any order, and leaves the rest as it was', async () => {
    const before = memory();
    const p = emptyParameter([2, 3]);
    expect([p.shape, p.dtype]).toEqual([[2, 3], 'float32']);
    expect([...(await p.data())]).toEqual([0, 0, 0, 0, 0, 0]);
    writeParameter(p, 4, Float32Array.of(5, 6));
    writeParameter(p, 0, Float32Array.of(1, 2));
    writeParameter(p, 6, new Float32Array(0));
    expect([...(await p.data())]).toEqual([1, 2, 0, 0, 5, 6]);
    expect(memory()).toEqual({
      numTensors: before.numTensors + 1,
      numBytes: before.numBytes + 24,
    });
    p.dispose();
    expect(memory()).toEqual(before);
  });

  test('copies: neither the array nor what shares the old values changes with the parameter', async () => {
    const p = emptyParameter([3]);
    const values = Float32Array.of(1, 2, 3);
    writeParameter(p, 0, values);
    values.fill(9);
    expect([...(await p.data())]).toEqual([1, 2, 3]);
    const shared = reshape(p, [1, 3]);
    writeParameter(p, 1, Float32Array.of(7));
    expect([...(await p.data())]).toEqual([1, 7, 3]);
    expect([...(await shared.data())]).toEqual([1, 2, 3]);
    dispose([p, shared]);
  });

  test('outlives a tidy, and leaves nothing else in it', () => {
    const before = memory().numTensors;
    let p: ReturnType<typeof emptyParameter> | undefined;
    tidy(() => {
      p = emptyParameter([4]);
      writeParameter(p, 0, Float32Array.of(1, 2, 3, 4));
    });
    expect(memory().numTensors).toBe(before + 1);
    expect([...p!.dataSync()]).toEqual([1, 2, 3, 4]);
    p!.dispose();
  });

  test('has no gradient', () => {
    const p = emptyParameter([]);
    const { grads } = valueAndGrads(() => {
      writeParameter(p, 0, Float32Array.of(3));
      return reshape(p, []);
    }, [p]);
    expect([...grads[0].dataSync()]).toEqual([1]);
    expect([...p.dataSync()]).toEqual([3]);
    dispose([...grads, p]);
  });

  test.each<[offset: number, length: number, message: string]>([
    [-1, 1, 'offset must be a whole number from 0 to 5 for 1 values in a parameter [2, 3], got -1.'],
    [5, 2, 'offset must be a whole number from 0 to 4 for 2 values in a parameter [2, 3], got 5.'],
    [0.5, 1, 'offset must be a whole number from 0 to 5 for 1 values in a parameter [2, 3], got 0.5.'],
    [Number.NaN, 0, 'offset must be a whole number from 0 to 6 for 0 values in a parameter [2, 3], got NaN.'],
    [0, 7, 'values must be at most the 6 values that a parameter [2, 3] holds, got 7.'],
  ])('refuses offset %d with %d values, and writes nothing', async (offset, length, message) => {
    const p = emptyParameter([2, 3]);
    const before = memory();
    const write = () => writeParameter(p, offset, new Float32Array(length).fill(1));
    expect(write).toThrow(InvalidArgumentError);
    expect(write).toThrow(message);
    expect(memory()).toEqual(before);
    expect([...(await p.data())]).toEqual([0, 0, 0, 0, 0, 0]);
    p.dispose();
  });

  test.each([[[-1]], [[2.5, 2]], [[Number.NaN]]])('no parameter has the shape %j', (shape) => {
    const before = memory();
    expect(() => emptyParameter(shape)).toThrow(InvalidArgumentError);
    expect(memory()).toEqual(before);
  });
});
