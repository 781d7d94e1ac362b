export { attention, attentionGrad, attentionScratchBytes } from './attention';
export { adamW, add, gelu, geluGrad, sumOfSquares } from './elementwise';
export { embedding, embeddingGrad } from './embedding';
export { columnSum, gemm, gemmScratchBytes } from './gemm';
export { layerNorm, layerNormGrad } from './layer-norm';
export { crossEntropy, crossEntropyGrad } from './softmax';
