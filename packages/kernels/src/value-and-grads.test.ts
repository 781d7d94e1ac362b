import { InvalidArgumentError } from '@gpt-ts/core';
import { type Scalar, unregisterKernel, variableGrads } from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { crossEntropy } from './cross-entropy/cross-entropy.js';
import { embedding } from './embedding/embedding.js';
import { gelu } from './gelu/gelu.js';
import { languageModelLoss } from './language-model-loss/language-model-loss.js';
import { layerNorm } from './layer-norm/layer-norm.js';
import { linear } from './linear/linear.js';
import { plainAccess, referenceKernels, useReferenceBackend } from './reference.js';
import { registerKernels } from './register.js';
import { dispose, idTensor, memory, parameter, type Tensor, tensor, tidy } from './tensor.js';
import { valueAndGrads } from './value-and-grads.js';

describe('valueAndGrads', () => {
  beforeEach(useReferenceBackend);

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
    expect(() => valueAndGrads(loss(7), [logits])).toThrow('token 7 at position 0 is not an id from 0 to 1.');
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

  describe('with sums', () => {
    const make = () => [0.3, -1].map((v) => parameter(Float32Array.of(v, 2 * v, 1, -v), [2, 2]));
    const lossOf = ([w, head]: Tensor[], id: number) => {
      const bias = tensor(new Float32Array(2), [2]);
      return languageModelLoss(linear(embedding(head, targets(id, 0)), w, bias), head, targets(1, id)).loss;
    };

    test('adds to the gradients of an earlier call, and uses them up', async () => {
      const parameters = make();
      const before = memory();
      const parts = [0, 1].map((id) => valueAndGrads(() => lossOf(parameters, id), parameters));
      const first = valueAndGrads(() => lossOf(parameters, 0), parameters);
      const both = valueAndGrads(() => lossOf(parameters, 1), parameters, first.grads);
      expect(await both.value.data()).toEqual(await parts[1].value.data());
      for (const [i, grad] of both.grads.entries()) {
        const [a, b] = await Promise.all(parts.map(({ grads }) => grads[i].data()));
        for (const [j, got] of (await grad.data()).entries()) expect(got).toBeCloseTo(a[j] + b[j], 6);
      }
      for (const { value, grads } of [...parts, both]) dispose([value, ...grads]);
      first.value.dispose();
      expect(memory()).toEqual(before);
      dispose(parameters);
    });

    test('keeps the sum of a parameter that plays no part, or that is the value itself', async () => {
      const [p, unused] = make();
      const sums = [p, unused].map(() => tensor(Float32Array.of(1, 2, 3, 4), [2, 2]));
      const { value, grads } = valueAndGrads(() => p, [p, unused], sums);
      expect([...(await grads[0].data())]).toEqual([2, 3, 4, 5]);
      expect([...(await grads[1].data())]).toEqual([1, 2, 3, 4]);
      dispose([value, ...grads, p, unused]);
    });

    test('never holds a second set of gradients', () => {
      const layers = Array.from({ length: 8 }, () => parameter(new Float32Array(10_000), [100, 100]));
      const bias = parameter(new Float32Array(100), [100]);
      let last = 0;
      const watched: typeof referenceKernels = {
        ...referenceKernels,
        GptAdd(inputs, attrs) {
          last = memory().numBytes;
          return referenceKernels.GptAdd(inputs, attrs);
        },
      };
      registerKernels('cpu', watched, plainAccess);
      const loss = () =>
        tidy(() => {
          let x: Tensor = tensor(new Float32Array(100).fill(1), [1, 100]);
          for (const weight of layers) x = linear(x, weight, bias);
          return crossEntropy(x, targets(3)).loss;
        });
      const all = [...layers, bias];
      const before = memory().numBytes;
      const first = valueAndGrads(loss, all);
      const { value, grads } = valueAndGrads(loss, all, first.grads);
      // When the first layer's is added: the sums, the layer's weight and its gradient; small things.
      expect((last - before) / 40_000).toBeLessThan(11); // seen: 9.04; a second set would make it 16
      dispose([first.value, value, ...grads, ...all]);
    });

    test.each<[string, (parameters: Tensor[]) => Tensor[], number]>([
      ['sums must be one tensor for each of the 2 parameters, got 1.', ([w]) => [w], 1],
      ['sum 1 must be [2, 2], got [4].', ([w]) => [w, tensor(new Float32Array(4), [4])], 1],
      ['token 7 at position 0', ([w, head]) => [w, head], 7],
    ])('is refused, or fails, with nothing left of them: %s', (message, choose, id) => {
      const parameters = make();
      const before = memory();
      const sums = choose(parameters.map(() => tensor(new Float32Array(4), [2, 2])));
      expect(() => valueAndGrads(() => lossOf(parameters, id), parameters, sums)).toThrow(message);
      expect(sums.every(({ isDisposed }) => isDisposed)).toBe(true);
      if (sums.length === 2) expect(memory().numTensors - before.numTensors).toBeLessThanOrEqual(1);
      dispose(parameters);
    });
  });

  test('frees gradients and saved tensors as it walks back', () => {
    const x = parameter(new Float32Array(1000), [10, 100]);
    let mostTensors = 0;
    const counting = Object.entries(referenceKernels).map(([name, kernel]) => [
      name,
      (inputs: never, attrs: never) => {
        mostTensors = Math.max(mostTensors, memory().numTensors);
        return kernel(inputs, attrs);
      },
    ]);
    registerKernels('cpu', Object.fromEntries(counting) as typeof referenceKernels, plainAccess);
    const depth = 20;
    const deep = () => {
      let y: Tensor = x;
      for (let i = 0; i < depth; i++) y = tidy(() => gelu(y));
      return crossEntropy(y, targets(...new Array(10).fill(0))).loss;
    };
    const before = memory().numTensors;
    const { value, grads } = valueAndGrads(deep, [x]);
    // Forward, every layer has its output and the copy of its input that it saves. Backward adds but a few.
    expect(mostTensors - before).toBeLessThan(2 * depth + 10);
    dispose([value, ...grads, x]);
  });

  test('asks kernels to keep what the way back needs only when there is one', () => {
    const asked: object[] = [];
    const listening: typeof referenceKernels = {
      ...referenceKernels,
      GptLinear(inputs, attrs) {
        asked.push(attrs);
        return referenceKernels.GptLinear(inputs, attrs);
      },
      GptLanguageModelLoss(inputs, attrs) {
        asked.push(attrs);
        return referenceKernels.GptLanguageModelLoss(inputs, attrs);
      },
    };
    registerKernels('cpu', listening, plainAccess);
    const w = parameter(new Float32Array(4), [2, 2]);
    const other = parameter(new Float32Array(4), [2, 2]);
    const loss = () =>
      tidy(() => {
        const bias = tensor(new Float32Array(2), [2]);
        const fixed = linear(other, other, bias, { activation: 'gelu' }); // does not depend on w
        return languageModelLoss(linear(fixed, w, bias, { activation: 'gelu' }), other, targets(0, 1)).loss;
      });
    const { value, grads } = valueAndGrads(loss, [w]);
    const forReading = loss();
    expect(asked).toEqual([
      { activation: 'gelu', keepSlope: false },
      { activation: 'gelu', keepSlope: true },
      { grads: true },
      { activation: 'gelu', keepSlope: false },
      { activation: 'gelu', keepSlope: false },
      { grads: false },
    ]);
    dispose([value, forReading, ...grads, w, other]);
  });

  test("gives what tfjs's own tape gives", async () => {
    const values = Float32Array.of(0.3, -1, 2, 0.5, 1, -0.2);
    const [w, head] = [parameter(values, [2, 3]), parameter(values, [2, 3])];
    const x = tensor(Float32Array.of(1, 2, -1, 0.5), [2, 2]);
    const loss = () => {
      const bias = tensor(new Float32Array(3), [3]);
      const h = linear(x, w, bias, { activation: 'gelu' });
      return languageModelLoss(layerNorm(h, tensor(Float32Array.of(1, 1, 1), [3]), bias, { residual: h }), head, targets(0, 1)).loss; // biome-ignore format: one line
    };
    const ours = valueAndGrads(loss, [w, head]);
    const theirs = variableGrads(loss as () => Scalar, [w, head]);
    expect(await theirs.value.data()).toEqual(await ours.value.data());
    for (const [i, each] of [w, head].entries()) {
      expect(await theirs.grads[each.name].data()).toEqual(await ours.grads[i].data());
    }
    dispose([x, w, head, ours.value, theirs.value, ...ours.grads, ...Object.values(theirs.grads)]);
  });
});
