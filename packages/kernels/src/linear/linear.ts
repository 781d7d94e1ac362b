import { run } from '../run.js';
import { assertRank, assertShape, lastDim } from '../shape.js';
import type { Tensor } from '../tensor.js';

/**
 * A fully connected layer, `x W + b`. GPT-1 and GPT-2 call it a convolution of width 1.
 *
 * @param x - `[.., K]`.
 * @param weight - `[K, N]`, input first, as in the published checkpoints.
 * @param bias - `[N]`.
 * @returns `[.., N]`.
 * @throws ShapeError when the dimensions do not match.
 * @see `conv1d` in openai/gpt-2 `src/model.py`.
 * @example
 * const qkv = linear(x, weight, bias); // [B, T, C] -> [B, T, 3C]
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  assertRank('linear', 'x', x.shape, 1);
  assertRank('linear', 'weight', weight.shape, 2);
  const n = lastDim(weight.shape);
  assertShape('linear', 'weight', weight.shape, [lastDim(x.shape), n]);
  assertShape('linear', 'bias', bias.shape, [n]);
  return run('GptLinear', { x, weight, bias }, {})[0];
}
