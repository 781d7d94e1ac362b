/** Runs one kernel on the current backend and records it for the backward pass. */
import { InvalidArgumentError } from '@gpt-ts/core';
import {
  engine,
  env,
  getBackend,
  getKernel,
  type NamedAttrMap,
  Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { DtypeError } from './errors/dtype-error.js';
import { MissingKernelError } from './errors/missing-kernel-error.js';
import type { KernelInputs, KernelName, KernelSignatures } from './kernel-table.js';
import { record } from './tape.js';

/**
 * @returns The kernel's outputs, in the order its signature lists them.
 * @throws {@link MissingKernelError} when the current backend does not have the kernel.
 * @throws InvalidArgumentError when an input has been disposed.
 * @throws {@link DtypeError} when ids or targets are not int32, or anything else is not float32.
 */
export function run<K extends KernelName>(
  name: K,
  inputs: KernelInputs<K, Tensor>,
  attrs: KernelSignatures[K]['attrs'],
): Tensor[] {
  const given: Record<string, Tensor> = {};
  for (const input in inputs) {
    const tensor = inputs[input as keyof typeof inputs] as Tensor | undefined;
    if (tensor === undefined) continue;
    assertDtype(name, input, tensor.dtype);
    assertThere(name, input, tensor);
    given[input] = tensor;
  }
  const outputs =
    runDirectly(name, given, attrs as NamedAttrMap) ?? runOrExplain(name, given, attrs as NamedAttrMap);
  record(name, given, outputs, attrs);
  return outputs;
}

/** The first output of a kernel. The others are freed: what the way back needs of them, the tape holds. */
export function first(outputs: readonly Tensor[]): Tensor {
  for (let i = 1; i < outputs.length; i++) outputs[i].dispose();
  return outputs[0];
}

/**
 * What tfjs does to run a kernel when it neither records nor profiles, without its way there, which is a good part of what a
 * decoded token takes outside of kernels.
 */
function runDirectly(
  name: KernelName,
  inputs: Record<string, Tensor>,
  attrs: NamedAttrMap,
): Tensor[] | undefined {
  const { backendName, state } = engine();
  if (state.gradientDepth > 0 || state.profiling || env().getBool('DEBUG')) return undefined;
  const kernel = getKernel(name, backendName);
  if (kernel === undefined) return undefined;
  const outputs = kernel.kernelFunc({ inputs, attrs, backend: engine().backend }) as TensorInfo[];
  return outputs.map((info) => (info instanceof Tensor ? info : engine().makeTensorFromTensorInfo(info)));
}

/** tfjs's error about a kernel it does not have would name remedies that are not ours. */
function runOrExplain(name: KernelName, inputs: Record<string, Tensor>, attrs: NamedAttrMap): Tensor[] {
  try {
    return engine().runKernel(name, inputs, attrs) as Tensor[];
  } catch (error) {
    const backend = getBackend() ?? undefined;
    if (backend !== undefined && getKernel(name, backend) !== undefined) throw error;
    throw new MissingKernelError({ kernel: name, backend });
  }
}

function assertDtype(kernel: string, argument: string, received: string): void {
  const expected = argument === 'ids' || argument === 'targets' ? 'int32' : 'float32';
  if (received !== expected) throw new DtypeError({ kernel, argument, expected, received });
}

/** tfjs would stumble over a disposed tensor somewhere inside. */
function assertThere(kernel: string, input: string, { isDisposed }: Tensor): void {
  if (!isDisposed) return;
  const expected = 'a tensor that has not been disposed';
  throw new InvalidArgumentError({ argument: `${kernel}: ${input}`, expected, received: 'one that has' });
}
