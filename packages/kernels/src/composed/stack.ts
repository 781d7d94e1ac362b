/**
 * Many small matrix products of one size: one a head and text.
 *
 * tfjs's wasm kernel for batches runs at a twentieth of its speed for single matrices (8.3 against 2.5 ms for the 48
 * products `[64, 32] x [32, 64]` of a small GPT), and its Slice reads the whole tensor for every slice (6 ms for 48). So
 * there a batch is cut with GatherNd, which copies just the part, and multiplied one by one. Elsewhere, and where the
 * matrices are tiny, a batch stays one tensor.
 */
import {
  concat,
  gatherND,
  getBackend,
  matMul,
  reshape,
  slice,
  type Tensor,
  tensor1d,
} from '@tensorflow/tfjs-core';

/** A batch of matrices: one tensor each, or a single tensor `[G, M, N]`. */
export type Stack = readonly Tensor[];

/** Is it faster to take products `[m, k] x [k, n]` one at a time? */
export function oneByOne(m: number, k: number, n: number): boolean {
  return getBackend() === 'wasm' && m * k * n >= 2 ** 15; // below this the calls cost more than the slow kernel
}

/** The matrices `x[b, from]` to `x[b, from + count - 1]` of every b. `x` is `[B, P, M, N]`. */
export function stackOf(x: Tensor, from: number, count: number, apart: boolean): Stack {
  const [b, p, m, n] = x.shape as [number, number, number, number];
  if (!apart) {
    const part = count === p ? x : slice(x, [0, from, 0, 0], [b, count, m, n]);
    return [reshape(part, [b * count, m, n])];
  }
  const matrices = reshape(x, [b * p, m, n]);
  return Array.from({ length: b * count }, (_, i) => {
    const at = Math.floor(i / count) * p + from + (i % count);
    return gatherND(matrices, tensor1d(Int32Array.of(at), 'int32'));
  });
}

/** All products `a[i] b[i]`. */
export function products(a: Stack, b: Stack): Stack {
  return a.map((each, i) => matMul(each, b[i]));
}

/** The matrices side by side again, as one tensor of the given shape. */
export function join(stack: Stack, shape: readonly number[]): Tensor {
  return reshape(stack.length === 1 ? stack[0] : concat([...stack], 0), [...shape]);
}
