import { run } from '../run.js';
import { assertRank } from '../shape.js';
import type { Tensor } from '../tensor.js';

/**
 * Looks rows up in a table: token ids to vectors, or positions to vectors.
 *
 * @param table - `[V, C]`.
 * @param ids - int32, any shape `[..]`.
 * @returns `[.., C]`.
 * @throws TokenRangeError naming the first id outside `[0, V)` and where it stands.
 * @see GPT-1 section 3.1, equation 2 (`W_e` and `W_p`).
 */
export function embedding(table: Tensor, ids: Tensor): Tensor {
  assertRank('embedding', 'table', table.shape, 2);
  return run('GptEmbedding', { table, ids }, {})[0];
}
