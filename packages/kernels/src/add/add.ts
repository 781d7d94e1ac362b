import { run } from '../run.js';
import { assertShape } from '../shape.js';
import type { Tensor } from '../tensor.js';

/**
 * Adds two tensors of one shape: the residual connection, and token plus position.
 *
 * @throws ShapeError when the shapes differ; nothing is broadcast.
 */
export function add(a: Tensor, b: Tensor): Tensor {
  assertShape('add', 'b', b.shape, a.shape);
  return run('GptAdd', { a, b }, {})[0];
}
