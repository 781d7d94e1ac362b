import type { PlainTensor } from '@gpt-ts/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { adamW } from './adam/adam.js';
import { crossEntropy } from './cross-entropy/cross-entropy.js';
import { MissingKernelError } from './errors/missing-kernel-error.js';
import { gelu } from './gelu/gelu.js';
import type { KernelTable } from './kernel-table.js';
import { linear } from './linear/linear.js';
import { plainAccess, referenceKernels, useReferenceBackend } from './reference.js';
import { registerKernels } from './register.js';
import { dispose, idTensor, memory, type Parameter, parameter, type Tensor, tensor } from './tensor.js';
import { valueAndGrads } from './value-and-grads.js';

/** The reference kernels, each counting how often it runs. */
function countingKernels(): { table: KernelTable<PlainTensor>; calls: Map<string, number> } {
  const calls = new Map<string, number>();
  const entries = Object.entries(referenceKernels).map(([name, kernel]) => [
    name,
    (inputs: never, attrs: never) => {
      calls.set(name, (calls.get(name) ?? 0) + 1);
      return kernel(inputs, attrs);
    },
  ]);
  return { table: Object.fromEntries(entries), calls };
}

describe('a backend without the kernels', () => {
  // Runs before any other test registers kernels under 'cpu'.
  test('is refused by an error that names the kernel, the backend and what to call', async () => {
    await setBackend('cpu');
    const x = tensor(Float32Array.of(1), [1]);
    expect(() => gelu(x)).toThrow(MissingKernelError);
    expect(() => gelu(x)).toThrow(
      "GptGelu: backend 'cpu' does not have this kernel. Call useWasmBackend() of @gpt-ts/backend-wasm, " +
        'or useReferenceBackend() of @gpt-ts/kernels/reference.',
    );
    x.dispose();
  });

  test('is served once it has registered them', async () => {
    await useReferenceBackend();
    const x = tensor(Float32Array.of(0, 1), [2]);
    const y = gelu(x);
    expect((await y.data())[0]).toBe(0);
    expect((await y.data())[1]).toBeCloseTo(0.8412, 4); // Φ(1) is 0.8413; the tanh form gives 0.8412
    dispose([x, y]);
  });
});

describe('a backend of a third party', () => {
  let calls: Map<string, number>;
  let parameters: Parameter[];

  beforeEach(async () => {
    const counting = countingKernels();
    calls = counting.calls;
    await setBackend('cpu');
    registerKernels('cpu', counting.table, plainAccess);
    parameters = [parameter(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]), parameter(new Float32Array(3), [3])];
  });

  const loss = (): Tensor => {
    const x = tensor(Float32Array.of(0.5, -1, 2, 1), [2, 2]);
    return crossEntropy(linear(x, parameters[0], parameters[1]), idTensor(Int32Array.of(0, 2), [2])).loss;
  };

  test('runs every op, forward and backward, on its own kernels', () => {
    const { value, grads } = valueAndGrads(loss, parameters);
    expect(Object.fromEntries(calls)).toEqual({
      GptLinear: 1,
      GptCrossEntropy: 1,
      GptCrossEntropyGrad: 1,
      GptMatMul: 1, // the gradient of the weight; nobody asks for that of x
      GptColumnSum: 1,
    });
    dispose([value, ...grads, ...parameters]);
  });

  test('gives the values of the reference, because it wraps it', async () => {
    const theirs = valueAndGrads(loss, parameters);
    await useReferenceBackend();
    const ours = valueAndGrads(loss, parameters);
    expect(await theirs.value.data()).toEqual(await ours.value.data());
    expect(await theirs.grads[0].data()).toEqual(await ours.grads[0].data());
    dispose([theirs.value, ours.value, ...theirs.grads, ...ours.grads, ...parameters]);
  });

  test('is replaced by the next registration under its name', async () => {
    registerKernels('cpu', referenceKernels, plainAccess);
    dispose([loss(), ...parameters]);
    expect(calls.size).toBe(0);
  });

  test.each(['returns new arrays', 'updates its inputs in place'])(
    '%s in Adam, and no tensor is left over',
    async (how) => {
      const inPlace: KernelTable<PlainTensor> = {
        ...referenceKernels,
        GptAdam(inputs, attrs) {
          const { param, m, v } = inputs;
          const updated = referenceKernels.GptAdam(inputs, attrs);
          for (const [i, { data }] of [param, m, v].entries()) (data as Float32Array).set(updated[i].data);
          return [param, m, v];
        },
      };
      registerKernels('cpu', how === 'returns new arrays' ? referenceKernels : inPlace, plainAccess);
      const [param, m, v] = [1, 0, 0].map((value) => parameter(Float32Array.of(value), [1]));
      const grad = tensor(Float32Array.of(2), [1]);
      const before = memory();
      const attrs = { learningRate: 0.5, beta1: 0.9, beta2: 0.99, eps: 1e-8, weightDecay: 0, gradScale: 1 };
      adamW(param, grad, m, v, { ...attrs, step: 1 });
      expect(memory()).toEqual(before);
      expect([...(await param.data())]).toEqual([0.5]); // the first step of Adam is the learning rate itself
      expect((await m.data())[0]).toBeCloseTo(0.2, 7);
      expect((await v.data())[0]).toBeCloseTo(0.04, 7);
      adamW(param, grad, m, v, { ...attrs, step: 2 });
      expect((await param.data())[0]).toBeCloseTo(0, 6);
      expect(memory()).toEqual(before);
      dispose([param, m, v, grad, ...parameters]);
    },
  );
});

test('a table that lacks a kernel does not compile', () => {
  const { GptGelu, ...rest } = referenceKernels;
  // @ts-expect-error: GptGelu is missing
  const table: KernelTable<PlainTensor> = rest;
  expect({ ...table, GptGelu }).toEqual(referenceKernels);
});
