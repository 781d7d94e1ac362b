export { attention, attentionGrad, attentionScratchBytes, cachedAttention, fillCache } from './attention';
export { multiplyAdd, multiplyAddFlops, nothing, readMemory } from './ceiling';
export { dropout } from './dropout';
export { adam, add, chunks, gelu, geluGrad, multiply, scaled, sumsOfSquares, total } from './elementwise';
export { clear, embedding, embeddingGrad, firstBadId } from './embedding';
export { fewRows, fewRowsParts, fewRowsSum, fewRowsTransposed } from './few-rows';
export { gemm, gemmScratchBytes } from './gemm';
export { columnSum, layerNorm, layerNormGainGrad, layerNormGrad } from './rows';
export { counted, crossEntropyGrad, meanLoss, tokenLosses } from './softmax';
