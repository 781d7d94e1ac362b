import { InvalidArgumentError } from '@gpt-ts/core';
import { run } from '../run.js';
import { assertShape } from '../shape.js';
import type { Parameter, Tensor } from '../tensor.js';

/**
 * Moves a parameter part of the way to another tensor, in place: `target += share (source - target)`.
 *
 * After every update of a model, it makes `target` a moving average of its weights. It has no gradient.
 *
 * @param target - Changed.
 * @param source - Same shape.
 * @param share - From 0 (`target` stays) to 1 (it becomes `source`, but for rounding).
 * @throws ShapeError when the shapes differ.
 * @throws InvalidArgumentError when the share is not from 0 to 1.
 * @see Polyak & Juditsky 1992, *Acceleration of stochastic approximation by averaging*.
 * @example
 * for (const [name, average] of averages) blend(average, model.parameters.get(name)!, 0.001); // of about 1000 updates
 */
export function blend(target: Parameter, source: Tensor, share: number): void {
  assertShape('blend', 'source', source.shape, target.shape);
  if (!(share >= 0 && share <= 1)) {
    throw new InvalidArgumentError({ argument: 'share', expected: 'from 0 to 1', received: share });
  }
  const [blended] = run('GptBlend', { target, source }, { share });
  target.assign(blended as Parameter);
  blended.dispose();
}
