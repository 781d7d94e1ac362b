import { Random } from '@gpt-ts/core';
import { type Scalar, memory as tfjsMemory, variableGrads } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { add } from './add/add.js';
import { useComposedBackend } from './composed.js';
import { crossEntropy } from './cross-entropy/cross-entropy.js';
import { dropout } from './dropout/dropout.js';
import { embedding } from './embedding/embedding.js';
import { gelu } from './gelu/gelu.js';
import { languageModelLoss } from './language-model-loss/language-model-loss.js';
import { layerNorm } from './layer-norm/layer-norm.js';
import { linear } from './linear/linear.js';
import { recomputed } from './recomputed.js';
import { plainAccess, referenceKernels, useReferenceBackend } from './reference.js';
import { registerKernels } from './register.js';
import { dispose, idTensor, memory, type Parameter, parameter, type Tensor, tidy } from './tensor.js';
import { valueAndGrads } from './value-and-grads.js';

const random = new Random(3);
const draw = (...shape: number[]) =>
  parameter(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    shape,
  );
const ids = (...values: number[]) => idTensor(Int32Array.from(values), [values.length]);
type Apply = (f: (x: Tensor) => Tensor, x: Tensor) => Tensor;
const directly: Apply = (f, x) => f(x);

/** Gradients of a loss with some of it computed by `apply`. */
async function bitsOf(loss: (apply: Apply) => Tensor, parameters: Parameter[], apply: Apply) {
  const before = memory();
  const { value, grads } = valueAndGrads(() => tidy(() => loss(apply)), parameters);
  const bits = await Promise.all([value, ...grads].map((each) => each.data()));
  dispose([value, ...grads]);
  expect(memory()).toEqual(before);
  return bits;
}

describe.each([
  ['the reference', useReferenceBackend],
  ['composed on cpu', () => useComposedBackend('cpu')],
])('recomputed, %s', (_, start) => {
  beforeAll(start);

  test('gives the bits of the function itself, for parameters used inside, outside and twice', async () => {
    const [table, weight, gain, bias] = [draw(5, 4), draw(4, 4), draw(4), draw(4)];
    const layer = (x: Tensor) => {
      const mixed = layerNorm(linear(x, weight, bias, { activation: 'gelu' }), gain, bias, { residual: x });
      const dropped = dropout(mixed, 0.3, { seed: 1, step: 2, name: 'inside' });
      return add(linear(dropped, weight, bias), embedding(table, ids(2, 2, 4)));
    };
    const loss = (apply: Apply) => {
      const x = embedding(table, ids(0, 3, 3));
      const deep = apply((inner) => apply(layer, apply(layer, inner)), apply(layer, x)); // nested too
      return languageModelLoss(add(linear(deep, weight, bias), x), table, ids(1, 2, 0)).loss;
    };
    const parameters = [table, weight, gain, bias];
    const want = await bitsOf(loss, parameters, directly);
    expect(want[1].some((value) => value !== 0)).toBe(true);
    expect(await bitsOf(loss, parameters, recomputed)).toEqual(want);
    dispose(parameters);
  });

  test('takes functions that give back what they are given', async () => {
    const [x, other] = [draw(2, 3), draw(2, 3)];
    const loss = (apply: Apply) => {
      const same = apply((input) => input, gelu(x));
      const fixed = apply(() => other, gelu(x));
      return crossEntropy(
        add(
          apply((input) => input, x),
          add(same, fixed),
        ),
        ids(0, 2),
      ).loss;
    };
    expect(await bitsOf(loss, [x, other], recomputed)).toEqual(await bitsOf(loss, [x, other], directly));
    dispose([x, other]);
  });

  test('is the function and no more where no gradients are recorded', async () => {
    const x = draw(2, 3);
    const before = memory().numTensors;
    const [y, want] = [recomputed((input) => gelu(gelu(input)), x), tidy(() => gelu(gelu(x)))];
    expect(memory().numTensors).toBe(before + 2);
    expect(await y.data()).toEqual(await want.data());
    dispose([x, y, want]);
  });

  test("tfjs's own tape sees through it", async () => {
    const x = draw(2, 3);
    const loss = () => crossEntropy(recomputed(gelu, gelu(x)), ids(0, 2)).loss;
    const theirs = variableGrads(loss as () => Scalar, [x]);
    const [, want] = await bitsOf(loss, [x], directly);
    expect(await theirs.grads[x.name].data()).toEqual(want);
    dispose([x, theirs.value, theirs.grads[x.name]]);
  });
});

describe('what recomputed holds', () => {
  beforeAll(useReferenceBackend);

  /** Registers kernels of which `GptGelu` and `GptGeluGrad` report, or fail, each time they run. */
  const watch = (seen: (name: string) => void) => {
    const watched = (['GptGelu', 'GptGeluGrad'] as const).map((name) => [
      name,
      (inputs: never, attrs: never) => {
        seen(name);
        return referenceKernels[name](inputs, attrs);
      },
    ]);
    registerKernels('cpu', { ...referenceKernels, ...Object.fromEntries(watched) }, plainAccess);
  };
  const three = (x: Tensor) => gelu(gelu(gelu(x)));
  const lossOf = (x: Parameter) => () =>
    tidy(() => {
      let y: Tensor = x;
      for (let i = 0; i < 10; i++) y = recomputed(three, y);
      return crossEntropy(y, ids(...new Array<number>(10).fill(0))).loss;
    });

  test('is the input of each function, and what is inside one of them', async () => {
    const x = draw(10, 100);
    let most = 0;
    watch(() => {
      most = Math.max(most, tfjsMemory().numDataBuffers);
    });
    const before = tfjsMemory().numDataBuffers;
    const { value, grads } = valueAndGrads(lossOf(x), [x]);
    expect(most - before).toBeLessThan(18); // seen: 13; without recomputing 31
    expect(most - before).toBeGreaterThan(9); // the inputs, of which the first is the parameter
    dispose([value, ...grads, x]);
  });

  test.each([
    ['the first run', 20],
    ['the second', 31],
    ['the way back', 34],
    ['the second run of the function before', 37],
  ])('is nothing when a kernel throws in %s', (_, failAt) => {
    const x = draw(10, 10);
    let run = 0;
    watch(() => {
      run += 1;
      if (run === failAt) throw new Error('no more');
    });
    const before = memory();
    expect(() => valueAndGrads(lossOf(x), [x])).toThrow('no more');
    expect(memory()).toEqual(before);
    registerKernels('cpu', referenceKernels, plainAccess);
    const { value, grads } = valueAndGrads(lossOf(x), [x]); // recording works as before
    dispose([value, ...grads]);
    expect(memory()).toEqual(before);
    dispose([x]);
  });

  test('is not what the function takes from outside: gone by then, it is an error and not a wrong gradient', () => {
    const x = draw(2, 3);
    const before = memory();
    const loss = () =>
      tidy(() => {
        const outside = gelu(x);
        return crossEntropy(
          recomputed((input) => add(input, outside), x),
          ids(0, 2),
        ).loss;
      });
    expect(() => valueAndGrads(loss, [x])).toThrow('GptAdd: b must be a tensor that has not been disposed');
    expect(memory()).toEqual(before);
    x.dispose();
  });
});
