export { attention, attentionGrad, attentionScratchBytes } from './attention';
export { adamW, add, gelu, geluGrad, sumOfSquares } from './elementwise';
export { embedding, embeddingGrad, firstBadId } from './embedding';
export { gemm, gemmScratchBytes } from './gemm';
export { columnSum, layerNorm, layerNormGainGrad, layerNormGrad } from './rows';
export { crossEntropyGrad, meanLoss, tokenLosses } from './softmax';
