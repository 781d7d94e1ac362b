/** Runs one kernel on the current backend and records it for the backward pass. */
import { engine, getBackend, getKernel, type NamedAttrMap, type Tensor } from '@tensorflow/tfjs-core';
import { MissingKernelError } from './errors/missing-kernel-error.js';
import type { KernelInputs, KernelName, KernelSignatures } from './kernel-table.js';
import { record } from './tape.js';

/**
 * @returns The kernel's outputs, in the order its signature lists them.
 * @throws {@link MissingKernelError} when the current backend does not have the kernel.
 */
export function run<K extends KernelName>(
  name: K,
  inputs: KernelInputs<K, Tensor>,
  attrs: KernelSignatures[K]['attrs'],
): Tensor[] {
  const backend = getBackend();
  if (backend === undefined || getKernel(name, backend) === undefined) {
    throw new MissingKernelError({ kernel: name, backend });
  }
  const given: Record<string, Tensor> = {};
  for (const [input, tensor] of Object.entries<Tensor | undefined>(inputs)) {
    if (tensor !== undefined) given[input] = tensor;
  }
  const outputs = engine().runKernel(name, given, attrs as NamedAttrMap) as Tensor[];
  record(name, given, outputs, attrs);
  return outputs;
}
