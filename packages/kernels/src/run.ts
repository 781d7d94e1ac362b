/** Runs one kernel on the current backend and records it for the backward pass. */
import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { MissingKernelError } from './errors/missing-kernel-error.js';
import type { KernelName, KernelSignatures } from './kernel-table.js';

/**
 * @returns The kernel's outputs, in the order its signature lists them.
 * @throws {@link MissingKernelError} when the current backend does not have the kernel.
 */
export function run<K extends KernelName>(
  name: K,
  inputs: Record<KernelSignatures[K]['inputs'], Tensor>,
  attrs: KernelSignatures[K]['attrs'],
): Tensor[] {
  const backend = getBackend();
  if (backend === undefined || getKernel(name, backend) === undefined) {
    throw new MissingKernelError({ kernel: name, backend });
  }
  return engine().runKernel(name, inputs, attrs as NamedAttrMap) as Tensor[];
}
