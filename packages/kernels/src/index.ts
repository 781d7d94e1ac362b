export { type AdamAttrs, type AdamSettings, adamGpt1, adamW } from './adam/adam.js';
export { add } from './add/add.js';
export { blend } from './blend/blend.js';
export { cachedAttention } from './cached-attention/cached-attention.js';
export type { AttentionOptions } from './causal-attention/attention-options.js';
export { type AttentionPattern, checkPattern, DENSE, sees } from './causal-attention/attention-pattern.js';
export { attentionShape, causalAttention } from './causal-attention/causal-attention.js';
export { type CrossEntropy, crossEntropy, IGNORED_TARGET } from './cross-entropy/cross-entropy.js';
export { dropout } from './dropout/dropout.js';
export type { DropoutAttrs, DropoutSource } from './dropout/dropout-attrs.js';
export { embedding } from './embedding/embedding.js';
export { DtypeError } from './errors/dtype-error.js';
export { MissingKernelError } from './errors/missing-kernel-error.js';
export { type GeluForm, gelu } from './gelu/gelu.js';
export type {
  AttentionAttrs,
  CachedAttentionAttrs,
  Kernel,
  KernelInputs,
  KernelName,
  KernelSignatures,
  KernelTable,
  MatMulAttrs,
} from './kernel-table.js';
export { languageModelLoss } from './language-model-loss/language-model-loss.js';
export { type LayerNormOptions, layerNorm } from './layer-norm/layer-norm.js';
export type { Activation } from './linear/activation.js';
export { type LinearOptions, linear } from './linear/linear.js';
export { emptyParameter } from './make/empty-parameter.js';
export { matMul, matMulShape } from './mat-mul/mat-mul.js';
export { recomputed } from './recomputed.js';
export { registerKernels, type TensorAccess } from './register.js';
export { reshape } from './reshape/reshape.js';
export { lastDim, rowsOf, sizeOf } from './shape.js';
export { globalNorm } from './sum-of-squares/global-norm.js';
export {
  asParameter,
  backendName,
  dispose,
  idTensor,
  memory,
  type Parameter,
  parameter,
  type Tensor,
  tensor,
  tidy,
} from './tensor.js';
export { valueAndGrads } from './value-and-grads.js';
export { writeParameter } from './write/write-parameter.js';
