import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import type { KernelName, KernelSignatures } from './kernel-table.js';

/** How a kernel is differentiated. */
export interface Gradient<K extends KernelName> {
  kernelName: K;
  inputsToSave?: KernelSignatures[K]['inputs'][];
  /** One flag an output: which ones the backward pass needs. */
  outputsToSave?: boolean[];
  /** One thunk a differentiable input, given the gradient of the first output and what was saved. */
  gradients(
    dy: Tensor,
    saved: Tensor[],
    attrs: KernelSignatures[K]['attrs'],
  ): { [input in KernelSignatures[K]['inputs']]?: () => Tensor };
}

/** Declares a gradient in tfjs's form. (tfjs hands over one gradient, or a list when there are several outputs.) */
export function defineGradient<K extends KernelName>(gradient: Gradient<K>): GradConfig {
  const { kernelName, inputsToSave, outputsToSave, gradients } = gradient;
  return {
    kernelName,
    inputsToSave,
    outputsToSave,
    gradFunc: (dys, saved, attrs) =>
      gradients(Array.isArray(dys) ? dys[0] : dys, saved, attrs) as Record<string, () => Tensor>,
  };
}
