import { InvalidArgumentError } from '@gpt-ts/core';
import { unregisterKernel } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { crossEntropy } from './cross-entropy/cross-entropy.js';
import { MissingKernelError } from './errors/missing-kernel-error.js';
import { gelu } from './gelu/gelu.js';
import { useReferenceBackend } from './reference.js';
import {
  backendName,
  dispose,
  idTensor,
  memory,
  parameter,
  reshape,
  tensor,
  tidy,
  valueAndGrads,
} from './tensor.js';

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

  describe('valueAndGrads', () => {
    const targets = (...ids: number[]) => idTensor(Int32Array.from(ids), [ids.length]);

    test('gives the value and one gradient a parameter, and keeps nothing else', async () => {
      const logits = parameter(Float32Array.of(0, 0), [1, 2]);
      const before = memory().numTensors;
      const { value, grads } = valueAndGrads(() => crossEntropy(logits, targets(1)).loss, [logits]);
      expect((await value.data())[0]).toBeCloseTo(Math.LN2, 7);
      expect([...(await grads[0].data())]).toEqual([0.5, -0.5]);
      expect(memory().numTensors).toBe(before + 2);
      dispose([value, ...grads, logits]);
    });

    test('refuses parameters that play no part, and leaves nothing behind', () => {
      const [used, unused] = [0, 1].map(() => parameter(new Float32Array(2), [1, 2]));
      const before = memory();
      const loss = () => crossEntropy(used, targets(1)).loss;
      expect(() => valueAndGrads(loss, [used, unused])).toThrow(
        'parameters must be tensors that the value depends on, got "parameter 1, on which it does not".',
      );
      expect(() => valueAndGrads(loss, [unused])).toThrow(InvalidArgumentError);
      expect(memory()).toEqual(before);
      dispose([used, unused]);
    });

    test('leaves nothing behind when the function throws midway, and works again afterwards', async () => {
      const logits = parameter(Float32Array.of(0, 0), [1, 2]);
      const loss = (id: number) => () => tidy(() => crossEntropy(gelu(gelu(logits)), targets(id)).loss);
      const before = memory();
      expect(() => valueAndGrads(loss(7), [logits])).toThrow(
        'token 7 at position 0 is not an id from 0 to 1.',
      );
      expect(memory()).toEqual(before);
      const { value, grads } = valueAndGrads(loss(1), [logits]);
      expect([...(await grads[0].data())]).toEqual([0.125, -0.125]); // GELU'(0) is 1/2, twice
      dispose([value, ...grads]);
      expect(memory()).toEqual(before);
      dispose([logits]);
    });

    test('leaves nothing behind when the backward pass fails', () => {
      const logits = parameter(new Float32Array(2), [1, 2]);
      const before = memory();
      unregisterKernel('GptGeluGrad', 'cpu');
      const loss = () => crossEntropy(gelu(logits), targets(1)).loss;
      expect(() => valueAndGrads(loss, [logits])).toThrow("backend 'cpu' does not have this kernel");
      expect(memory()).toEqual(before);
      dispose([logits]);
    });
  });
});
