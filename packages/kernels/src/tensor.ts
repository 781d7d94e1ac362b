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
  return tf.tensor(data.slice(), checkedShape(data, shape), 'float32'); // tfjs's cpu backend would keep the array itself
}

/** An int32 tensor of token ids or targets. */
export function idTensor(data: Int32Array, shape: readonly number[]): Tensor {
  return tf.tensor(data.slice(), checkedShape(data, shape), 'int32');
}

/** A float32 parameter. Dispose it yourself: {@link tidy} leaves parameters alone. */
export function parameter(data: Float32Array, shape: readonly number[]): Parameter {
  return asParameter(tensor(data, shape));
}

/** A parameter that begins as `initial` and takes its place: `initial` is disposed. */
export function asParameter(initial: Tensor): Parameter {
  const variable = tf.variable(initial);
  initial.dispose();
  return variable;
}

/** Another handle on the same data: no copy. (tfjs's `clone` copies on some backends.) */
export function share({ dataId, shape, dtype }: Tensor): Tensor {
  const engine = tf.engine();
  engine.backend.incRef(dataId);
  return engine.makeTensorFromTensorInfo({ dataId, shape, dtype });
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

/** Throws when no backend is set: tfjs would name its own remedies, and start one that has no kernels when there is one. */
export function assertBackend(op: string): void {
  if (tf.getBackend() == null) throw new MissingKernelError({ kernel: op, backend: undefined });
}

function checkedShape(data: ArrayLike<number>, shape: readonly number[]): number[] {
  assertBackend('tensor');
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
