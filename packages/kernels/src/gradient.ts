import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import type { KernelName, KernelSignatures } from './kernel-table.js';

type InputName<K extends KernelName> =
  | KernelSignatures[K]['inputs']
  | (KernelSignatures[K] extends { optional: infer O extends string } ? O : never);

/** How a kernel is differentiated. */
export interface Gradient<K extends KernelName> {
  kernelName: K;
  inputsToSave?: InputName<K>[];
  /** One flag an output: which ones the backward pass needs. */
  outputsToSave?: boolean[];
  /** An input whose thunk takes the gradient that has reached it so far, adds to it in place and returns it. */
  accumulates?: InputName<K>;
  /**
   * One thunk a differentiable input, given the gradients of the outputs and what was saved: inputs, then outputs.
   *
   * The first output's gradient is always there; another's is undefined when nothing depends on it.
   */
  gradients(
    dys: readonly [Tensor, ...(Tensor | undefined)[]],
    saved: Tensor[],
    attrs: KernelSignatures[K]['attrs'],
  ): { [input in InputName<K>]?: (sum?: Tensor) => Tensor };
}

/** A gradient whose kernel is not known to the type checker. */
// biome-ignore lint/suspicious/noExplicitAny: each gradient has attributes of its own
export type AnyGradient = Gradient<any>;

/** The gradient in tfjs's form, so that `tf.grads` sees through our ops too. */
export function tfjsGradient({
  kernelName,
  inputsToSave,
  outputsToSave,
  gradients,
}: AnyGradient): GradConfig {
  return {
    kernelName,
    inputsToSave,
    outputsToSave,
    gradFunc: (dys, saved, attrs) =>
      gradients(Array.isArray(dys) ? (dys as [Tensor]) : [dys], saved, attrs as object) as Record<
        string,
        () => Tensor
      >,
  };
}
