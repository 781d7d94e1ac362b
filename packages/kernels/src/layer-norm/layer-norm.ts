import { run } from '../run.js';
import { assertRank, assertShape, lastDim } from '../shape.js';
import { type Tensor, tidy } from '../tensor.js';

/**
 * Layer normalisation over the last dimension, then a learned gain and bias.
 *
 * `(x - mean) / sqrt(variance + eps) * gain + bias`, with the biased (divide by C) variance.
 *
 * @param x - `[.., C]`.
 * @param gain - `[C]`.
 * @param bias - `[C]`.
 * @param eps - Added to the variance. Default 1e-5, the value of all three GPTs.
 * @returns `[.., C]`.
 * @throws ShapeError when `gain` or `bias` is not `[C]`.
 * @see Ba et al. 2016; `norm` in openai/gpt-2 `src/model.py`.
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, eps = 1e-5): Tensor {
  assertRank('layerNorm', 'x', x.shape, 1);
  const c = lastDim(x.shape);
  assertShape('layerNorm', 'gain', gain.shape, [c]);
  assertShape('layerNorm', 'bias', bias.shape, [c]);
  return tidy(() => run('GptLayerNorm', { x, gain, bias }, { eps })[0]);
}
