import { run } from '../run.js';
import { dispose, type Tensor } from '../tensor.js';

/**
 * The Euclidean norm of several tensors taken as one vector: what gradient clipping compares with its limit.
 *
 * @see Pascanu et al. 2013, algorithm 1.
 */
export async function globalNorm(tensors: readonly Tensor[]): Promise<number> {
  const sums: Tensor[] = [];
  try {
    for (const x of tensors) sums.push(run('GptSumOfSquares', { x }, {})[0]);
    const values = await Promise.all(sums.map((sum) => sum.data()));
    return Math.sqrt(values.reduce((total, [value]) => total + value, 0));
  } finally {
    dispose(sums);
  }
}
