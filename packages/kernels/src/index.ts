export { type AdamWAttrs, adamW, adamWFactors } from './adam-w/adam-w.js';
export { add } from './add/add.js';
export { attentionShape, causalAttention } from './causal-attention/causal-attention.js';
export { type CrossEntropy, crossEntropy, IGNORED_TARGET } from './cross-entropy/cross-entropy.js';
export { embedding } from './embedding/embedding.js';
export { MissingKernelError } from './errors/missing-kernel-error.js';
export { gelu } from './gelu/gelu.js';
export type { Kernel, KernelName, KernelSignatures, KernelTable, MatMulAttrs } from './kernel-table.js';
export { layerNorm } from './layer-norm/layer-norm.js';
export { linear } from './linear/linear.js';
export { matMul, matMulShape } from './mat-mul/mat-mul.js';
export { registerKernels, type TensorAccess } from './register.js';
export { lastDim, rowsOf, sizeOf } from './shape.js';
export { globalNorm } from './sum-of-squares/global-norm.js';
export {
  backendName,
  dispose,
  idTensor,
  memory,
  type Parameter,
  parameter,
  reshape,
  type Tensor,
  tensor,
  tidy,
  valueAndGrads,
} from './tensor.js';
