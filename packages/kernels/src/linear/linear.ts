import { first, run } from '../run.js';
import { assertRank, assertShape, lastDim } from '../shape.js';
import { recording } from '../tape.js';
import type { Tensor } from '../tensor.js';
import { type Activation, checkActivation } from './activation.js';

/** What {@link linear} does to its result before it is written. */
export interface LinearOptions {
  /** `gelu` applies the GELU in its tanh form, `gelu-exact` the exact one. Default `none`. */
  activation?: Activation;
  /** `[.., N]`, added last: the residual stream. */
  residual?: Tensor;
}

/**
 * A fully connected layer, `x W + b`. GPT-1 and GPT-2 call it a convolution of width 1.
 *
 * @param x - `[.., K]`.
 * @param weight - `[K, N]`, input first, as in the published checkpoints.
 * @param bias - `[N]`.
 * @returns `[.., N]`.
 * @throws ShapeError when the dimensions do not match.
 * @throws InvalidArgumentError for an unknown activation.
 * @see `conv1d` in openai/gpt-2 `src/model.py`.
 * @example
 * const hidden = linear(x, weight, bias, { activation: 'gelu' }); // [B, T, C] -> [B, T, 4C]
 */
export function linear(x: Tensor, weight: Tensor, bias: Tensor, options: LinearOptions = {}): Tensor {
  const { activation = 'none', residual } = options;
  checkActivation(activation);
  assertRank('linear', 'x', x.shape, 1);
  assertRank('linear', 'weight', weight.shape, 2);
  const n = lastDim(weight.shape);
  assertShape('linear', 'weight', weight.shape, [lastDim(x.shape), n]);
  assertShape('linear', 'bias', bias.shape, [n]);
  if (residual) assertShape('linear', 'residual', residual.shape, [...x.shape.slice(0, -1), n]);
  const keepSlope = activation !== 'none' && recording(x, weight, bias, residual);
  return first(run('GptLinear', { x, weight, bias, residual }, { activation, keepSlope }));
}
