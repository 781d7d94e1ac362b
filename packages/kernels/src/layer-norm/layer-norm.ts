import { first, run } from '../run.js';
import { assertRank, assertShape, lastDim } from '../shape.js';
import { recording } from '../tape.js';
import type { Tensor } from '../tensor.js';

/** Options of {@link layerNorm}. */
export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5, the value of all three GPTs. */
  eps?: number;
  /** `[.., C]`, added to `x` first: in a post-norm block, the stream that `x` joins. */
  residual?: Tensor;
}

/**
 * Layer normalisation over the last dimension, then a learned gain and bias.
 *
 * `(x - mean) / sqrt(variance + eps) * gain + bias`, with the biased (divide by C) variance.
 *
 * @param x - `[.., C]`.
 * @param gain - `[C]`.
 * @param bias - `[C]`.
 * @returns `[.., C]`.
 * @throws ShapeError when `gain` or `bias` is not `[C]`, or `residual` not of the shape of `x`.
 * @see Ba et al. 2016; `norm` in openai/gpt-2 `src/model.py`.
 * @example
 * const n = layerNorm(attention(x), gain, bias, { residual: x }); // GPT-1's order: n = ln(x + attention(x))
 */
export function layerNorm(x: Tensor, gain: Tensor, bias: Tensor, options: LayerNormOptions = {}): Tensor {
  const { eps = 1e-5, residual } = options;
  assertRank('layerNorm', 'x', x.shape, 1);
  const c = lastDim(x.shape);
  assertShape('layerNorm', 'gain', gain.shape, [c]);
  assertShape('layerNorm', 'bias', bias.shape, [c]);
  if (residual) assertShape('layerNorm', 'residual', residual.shape, x.shape);
  const statistics = recording(x, gain, bias, residual);
  return first(run('GptLayerNorm', { x, gain, bias, residual }, { eps, statistics }));
}
