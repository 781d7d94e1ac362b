import { InvalidArgumentError } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { MissingKernelError } from './errors/missing-kernel-error.js';
import { useReferenceBackend } from './reference.js';
import { reshape } from './reshape/reshape.js';
import { backendName, dispose, idTensor, memory, parameter, tensor, tidy } from './tensor.js';

test('until a backend is set, the first tensor says which calls set one', () => {
  const make = () => tensor(Float32Array.of(1), [1]);
  expect(make).toThrow(MissingKernelError);
  expect(make).toThrow('no backend is set. Call useWasmBackend() of @gpt-ts/backend-wasm');
  expect(() => idTensor(Int32Array.of(1), [1])).toThrow(MissingKernelError);
});

describe('on a backend', () => {
  beforeAll(useReferenceBackend);

  test('tensors hold a copy of their data, in the shape they are given', async () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const x = tensor(data, [2, 3]);
    const flat = reshape(x, [6]);
    expect([x.shape, flat.shape, x.dtype, backendName()]).toEqual([[2, 3], [6], 'float32', 'cpu']);
    expect(await flat.data()).toEqual(data);
    const changed = data.fill(0);
    expect(await x.data()).not.toEqual(changed);
    dispose([x, flat]);
  });

  test('a shape that does not fit the data is refused', () => {
    const before = memory();
    for (const shape of [[7], [2, 2], [], [0, 6]]) {
      expect(() => tensor(new Float32Array(6), shape)).toThrow(
        `shape must be a shape of 6 elements, got [${shape}]`,
      );
      expect(() => parameter(new Float32Array(6), shape)).toThrow(InvalidArgumentError);
    }
    expect(memory()).toEqual(before);
  });

  test('tidy frees what was made inside, save what it returns and parameters', () => {
    const before = memory().numTensors;
    let inside: ReturnType<typeof parameter> | undefined;
    const kept = tidy(() => {
      inside = parameter(Float32Array.of(1), [1]);
      tensor(Float32Array.of(1), [1]);
      return tensor(Float32Array.of(2), [1]);
    });
    expect(memory().numTensors).toBe(before + 2);
    dispose([kept, inside!]);
    expect(memory().numTensors).toBe(before);
  });

  test('tidy frees everything when its body throws', () => {
    const before = memory().numTensors;
    const fail = () => {
      tensor(Float32Array.of(1), [1]);
      throw new Error('midway');
    };
    expect(() => tidy(fail)).toThrow('midway');
    expect(memory().numTensors).toBe(before);
  });
});
