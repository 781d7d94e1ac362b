/** Connects a backend's kernels to tfjs: the seam that lets the same ops run on any machine. */
import {
  getGradient,
  type KernelBackend,
  registerGradient,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { addGrad } from './add/add.grad.js';
import { causalAttentionGrad } from './causal-attention/causal-attention.grad.js';
import { crossEntropyGrad } from './cross-entropy/cross-entropy.grad.js';
import { dropoutGrad } from './dropout/dropout.grad.js';
import { embeddingGrad } from './embedding/embedding.grad.js';
import { geluGrad } from './gelu/gelu.grad.js';
import { type AnyGradient, tfjsGradient } from './gradient.js';
import type { KernelName, KernelTable } from './kernel-table.js';
import { languageModelLossGrad } from './language-model-loss/language-model-loss.grad.js';
import { layerNormGrad } from './layer-norm/layer-norm.grad.js';
import { linearGrad } from './linear/linear.grad.js';
import { matMulGrad } from './mat-mul/mat-mul.grad.js';
import { reshapeGrad } from './reshape/reshape.js';
import { registerSharingKernels } from './sharing-kernels.js';
import { gradientOf } from './tape.js';

const gradients: readonly AnyGradient[] = [
  addGrad,
  causalAttentionGrad,
  crossEntropyGrad,
  dropoutGrad,
  embeddingGrad,
  geluGrad,
  languageModelLossGrad,
  layerNormGrad,
  linearGrad,
  matMulGrad,
  reshapeGrad,
];

/** How a backend turns tfjs's tensor handles into its own tensors and back. */
export interface TensorAccess<T> {
  /** The backend's view of an input. */
  open(info: TensorInfo, backend: KernelBackend): T;
  /**
   * A new handle for an output. For an input that was updated in place, `same` is that input's handle: count one
   * reference more (`backend.incRef`) and return a handle with its `dataId`, never `same` itself.
   */
  close(result: T, same: TensorInfo | undefined, backend: KernelBackend): TensorInfo;
}

/**
 * Registers a backend's kernels under a tfjs backend name, and the gradients of all ops.
 *
 * Registering again under the same name replaces the earlier kernels. A backend needs no kernels of tfjs's own.
 *
 * @param backend - Name of a tfjs backend, such as `'wasm'`.
 */
export function registerKernels<T>(backend: string, table: KernelTable<T>, access: TensorAccess<T>): void {
  for (const name of Object.keys(table) as KernelName[]) {
    const kernel = table[name] as (inputs: Record<string, T>, attrs: object) => T[];
    unregister(name, backend);
    registerKernel({
      kernelName: name,
      backendName: backend,
      kernelFunc: ({ inputs, attrs, backend: engine }) => {
        const opened: Record<string, T> = {};
        for (const name in inputs)
          opened[name] = access.open(inputs[name] as TensorInfo, engine as KernelBackend);
        return kernel(opened, attrs ?? {}).map((result) => {
          let same: TensorInfo | undefined;
          for (const name in opened) if (opened[name] === result) same = inputs[name] as TensorInfo;
          return access.close(result, same, engine as KernelBackend);
        });
      },
    });
  }
  registerSharingKernels(backend);
  for (const gradient of gradients) {
    gradientOf.set(gradient.kernelName, gradient);
    if (getGradient(gradient.kernelName) === undefined) registerGradient(tfjsGradient(gradient));
  }
}

function unregister(kernelName: string, backend: string): void {
  try {
    unregisterKernel(kernelName, backend);
  } catch {
    // It was not registered: nothing to replace.
  }
}
