/**
 * The kernels as compositions of tfjs's core operations: for any tfjs backend that has none of its own.
 *
 * Import from `@gpt-ts/kernels/composed`. Arranged for stock tfjs-backend-wasm, whose fast and slow paths differ most.
 */
import { GptError } from '@gpt-ts/core';
import { findBackendFactory, setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { adamComposed } from './adam/adam.composed.js';
import { addComposed } from './add/add.composed.js';
import { blendComposed } from './blend/blend.composed.js';
import { cachedAttentionComposed } from './cached-attention/cached-attention.composed.js';
import {
  causalAttentionComposed,
  causalAttentionGradComposed,
} from './causal-attention/causal-attention.composed.js';
import { crossEntropyComposed, crossEntropyGradComposed } from './cross-entropy/cross-entropy.composed.js';
import { dropoutComposed } from './dropout/dropout.composed.js';
import { embeddingComposed, embeddingGradComposed } from './embedding/embedding.composed.js';
import { geluComposed, geluGradComposed } from './gelu/gelu.composed.js';
import type { KernelTable } from './kernel-table.js';
import { languageModelLossComposed } from './language-model-loss/language-model-loss.composed.js';
import { layerNormComposed, layerNormGradComposed } from './layer-norm/layer-norm.composed.js';
import { columnSumComposed, linearComposed } from './linear/linear.composed.js';
import { makeComposed } from './make/make.composed.js';
import { matMulComposed } from './mat-mul/mat-mul.composed.js';
import { multiplyComposed } from './multiply/multiply.composed.js';
import { registerKernels, type TensorAccess } from './register.js';
import { scaleComposed } from './scale/scale.composed.js';
import { sumOfSquaresComposed } from './sum-of-squares/sum-of-squares.composed.js';
import { writeComposed } from './write/write.composed.js';

/** Every kernel on tfjs's tensors. What they make besides their results is the caller's to tidy. */
export const composedKernels: KernelTable<Tensor> = {
  GptMake: makeComposed,
  GptWrite: writeComposed,
  GptMatMul: matMulComposed,
  GptLinear: linearComposed,
  GptColumnSum: columnSumComposed,
  GptLayerNorm: layerNormComposed,
  GptLayerNormGrad: layerNormGradComposed,
  GptGelu: geluComposed,
  GptGeluGrad: geluGradComposed,
  GptCausalAttention: causalAttentionComposed,
  GptCausalAttentionGrad: causalAttentionGradComposed,
  GptCachedAttention: cachedAttentionComposed,
  GptEmbedding: embeddingComposed,
  GptEmbeddingGrad: embeddingGradComposed,
  GptCrossEntropy: crossEntropyComposed,
  GptCrossEntropyGrad: crossEntropyGradComposed,
  GptLanguageModelLoss: languageModelLossComposed,
  GptScale: scaleComposed,
  GptDropout: dropoutComposed,
  GptMultiply: multiplyComposed,
  GptAdd: addComposed,
  GptAdam: adamComposed,
  GptBlend: blendComposed,
  GptSumOfSquares: sumOfSquaresComposed,
};

/** tfjs hands kernels the very tensors that ops were called with, and takes tensors back. */
const tensorAccess: TensorAccess<Tensor> = {
  open: (info) => info as Tensor,
  close: (result, same) => (same === undefined ? result : result.clone()),
};

/**
 * Runs every op on a tfjs backend of your choice, as a composition of tfjs's own operations.
 *
 * @param backend - Its name in tfjs, such as `'webgl'`. Import the package that brings it first.
 * @throws GptError `'no-backend'` when there is no such backend or it does not start.
 * @example
 * import '@tensorflow/tfjs-backend-webgl';
 * await useComposedBackend('webgl');
 */
export async function useComposedBackend(backend: string): Promise<void> {
  const known = Boolean(findBackendFactory(backend));
  if (!known || !(await setBackend(backend))) {
    throw new GptError('no-backend', {
      message: known ? `the tfjs backend '${backend}' did not start.` : `tfjs has no backend '${backend}'.`,
      hint: 'Import the package that brings it, such as @tensorflow/tfjs-backend-webgl.',
    });
  }
  registerKernels(backend, tidied(composedKernels), tensorAccess);
}

/** The same kernels, each freeing what it makes on the way. */
function tidied(table: KernelTable<Tensor>): KernelTable<Tensor> {
  const entries = Object.entries(table).map(([name, kernel]) => [
    name,
    (inputs: never, attrs: never) => tidy(() => kernel(inputs, attrs)),
  ]);
  return Object.fromEntries(entries);
}
