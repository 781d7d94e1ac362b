/**
 * The plain TypeScript kernels: slow, short, in double precision. They define "correct".
 *
 * Import from `@gpt-ts/kernels/reference`.
 */
import '@tensorflow/tfjs-backend-cpu';
import type { PlainTensor } from '@gpt-ts/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { adamReference } from './adam/adam.reference.js';
import { addReference } from './add/add.reference.js';
import { blendReference } from './blend/blend.reference.js';
import { cachedAttentionReference } from './cached-attention/cached-attention.reference.js';
import {
  causalAttentionGradReference,
  causalAttentionReference,
} from './causal-attention/causal-attention.reference.js';
import { crossEntropyGradReference, crossEntropyReference } from './cross-entropy/cross-entropy.reference.js';
import { dropoutReference } from './dropout/dropout.reference.js';
import { embeddingGradReference, embeddingReference } from './embedding/embedding.reference.js';
import { geluGradReference, geluReference } from './gelu/gelu.reference.js';
import type { KernelTable } from './kernel-table.js';
import { languageModelLossReference } from './language-model-loss/language-model-loss.reference.js';
import { layerNormGradReference, layerNormReference } from './layer-norm/layer-norm.reference.js';
import { columnSumReference, linearReference } from './linear/linear.reference.js';
import { makeReference } from './make/make.reference.js';
import { matMulReference } from './mat-mul/mat-mul.reference.js';
import { multiplyReference } from './multiply/multiply.reference.js';
import { registerKernels, type TensorAccess } from './register.js';
import { scaleReference } from './scale/scale.reference.js';
import { sumOfSquaresReference } from './sum-of-squares/sum-of-squares.reference.js';
import { writeReference } from './write/write.reference.js';

/** Every kernel on plain arrays. */
export const referenceKernels: KernelTable<PlainTensor> = {
  GptMake: makeReference,
  GptWrite: writeReference,
  GptMatMul: matMulReference,
  GptLinear: linearReference,
  GptColumnSum: columnSumReference,
  GptLayerNorm: layerNormReference,
  GptLayerNormGrad: layerNormGradReference,
  GptGelu: geluReference,
  GptGeluGrad: geluGradReference,
  GptCausalAttention: causalAttentionReference,
  GptCausalAttentionGrad: causalAttentionGradReference,
  GptCachedAttention: cachedAttentionReference,
  GptEmbedding: embeddingReference,
  GptEmbeddingGrad: embeddingGradReference,
  GptCrossEntropy: crossEntropyReference,
  GptCrossEntropyGrad: crossEntropyGradReference,
  GptLanguageModelLoss: languageModelLossReference,
  GptScale: scaleReference,
  GptDropout: dropoutReference,
  GptMultiply: multiplyReference,
  GptAdd: addReference,
  GptAdam: adamReference,
  GptBlend: blendReference,
  GptSumOfSquares: sumOfSquaresReference,
};

/** Any tfjs backend's tensors as plain arrays: read when a kernel starts, written when it ends. */
export const plainAccess: TensorAccess<PlainTensor> = {
  open: ({ dataId, shape }, backend) => ({ shape, data: backend.readSync(dataId) as Float32Array }),
  close({ shape, data }, same, backend) {
    if (same !== undefined) {
      backend.incRef(same.dataId);
      return { dataId: same.dataId, shape: same.shape, dtype: same.dtype };
    }
    const dtype = data instanceof Int32Array ? 'int32' : 'float32';
    return { dataId: backend.write(data, [...shape], dtype), shape: [...shape], dtype };
  },
};

/**
 * Runs every op on the reference kernels, on tfjs's `cpu` backend.
 *
 * @example
 * await useReferenceBackend();
 */
export async function useReferenceBackend(): Promise<void> {
  registerKernels('cpu', referenceKernels, plainAccess);
  await setBackend('cpu');
}
