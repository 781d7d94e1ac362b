/**
 * The part of tfjs that the rest of gpt-ts sees: tensors, parameters, scopes, gradients.
 *
 * Everything above this package works with these few functions, so one folder changes if the engine does.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import * as tf from '@tensorflow/tfjs-core';
import { MissingKernelError } from './errors/missing-kernel-error.js';

/** An immutable array of numbers on the current backend. Dispose it, or create it inside {@link tidy}. */
export type Tensor = tf.Tensor;

/** A tensor that training changes. */
export type Parameter = tf.Variable;

/**
 * A float32 tensor.
 *
 * @param data - Row-major values; copied to the backend.
 * @throws {@link MissingKernelError} when no backend is set.
 * @example
 * tensor(Float32Array.of(1, 2, 3, 4), [2, 2]).shape; // => [2, 2]
 */
export function tensor(data: Float32Array, shape: readonly number[]): Tensor {
  return tf.tensor(data, checkedShape(data, shape), 'float32');
}

/** An int32 tensor of token ids or targets. */
export function idTensor(data: Int32Array, shape: readonly number[]): Tensor {
  return tf.tensor(data, checkedShape(data, shape), 'int32');
}

/** A float32 parameter. Dispose it yourself: {@link tidy} leaves parameters alone. */
export function parameter(data: Float32Array, shape: readonly number[]): Parameter {
  const initial = tensor(data, shape);
  const variable = tf.variable(initial);
  initial.dispose();
  return variable;
}

/** The same elements in another shape; no copy, and no gradient. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  return tf.reshape(x, [...shape]);
}

/** Runs `body` and frees every tensor it made except those it returns. */
export function tidy<T extends tf.TensorContainer>(body: () => T): T {
  return tf.tidy(body);
}

/** Frees tensors now. */
export function dispose(tensors: Iterable<Tensor>): void {
  for (const each of tensors) each.dispose();
}

/** How many tensors and bytes the current backend holds. */
export function memory(): { numTensors: number; numBytes: number } {
  const { numTensors, numBytes } = tf.memory();
  return { numTensors, numBytes };
}

/** Name of the backend that runs the kernels. */
export function backendName(): string {
  return tf.getBackend();
}

/**
 * The value of a scalar function and its gradient with respect to each parameter.
 *
 * @param f - Computes a scalar tensor from `parameters` with the ops of this package.
 * @returns `value`, a scalar, and `grads` in the order of `parameters`. The caller disposes all of them.
 * @throws {@link InvalidArgumentError} when the value does not depend on one of the parameters.
 */
export function valueAndGrads(
  f: () => Tensor,
  parameters: readonly Parameter[],
): { value: Tensor; grads: Tensor[] } {
  const { value, grads } = tf.tidy(() => gradientsOf(f, parameters));
  const missing = grads.findIndex((grad) => grad == null);
  if (missing >= 0) {
    dispose([value, ...grads.filter((grad) => grad != null)]);
    throw new InvalidArgumentError({
      argument: 'parameters',
      expected: 'tensors that the value depends on',
      received: `parameter ${missing}, on which it does not`,
    });
  }
  return { value, grads };
}

/** tfjs's gradients, undefined where there are none. What it saves for the backward pass is freed on failure too. */
function gradientsOf(f: () => Tensor, parameters: readonly Parameter[]): { value: Tensor; grads: Tensor[] } {
  const engine = tf.engine();
  try {
    return engine.gradients(f as () => tf.Scalar, [...parameters], undefined, true);
  } catch (error) {
    for (const { saved = [] } of engine.state.activeTape ?? []) dispose(saved);
    engine.state.activeTape = [];
    throw error;
  }
}

function checkedShape(data: ArrayLike<number>, shape: readonly number[]): number[] {
  // tfjs would name its own remedies here, and start a backend that has no kernels when there is one.
  if (tf.getBackend() === undefined) throw new MissingKernelError({ kernel: 'tensor', backend: undefined });
  const size = shape.reduce((product, dim) => product * dim, 1);
  if (size !== data.length) {
    throw new InvalidArgumentError({
      argument: 'shape',
      expected: `a shape of ${data.length} elements`,
      received: shape,
    });
  }
  return [...shape];
}
