import { matMul, type Tensor, transpose } from '@tensorflow/tfjs-core';

/** What tfjs's wasm kernel spends on a number that it packs (the right factor), in numbers that it transposes. */
const PACKING = 3;

/**
 * A matrix product without tfjs's transposing flags: with them its wasm kernel is 20 times slower than without. Of the
 * ways to transpose by hand this takes the cheapest.
 *
 * @param a - `[M, K]`, or `[K, M]` with `transposeA`.
 * @param b - `[K, N]`, or `[N, K]` with `transposeB`.
 */
export function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  const [sizeA, sizeB] = [a.size, b.size];
  const result = (a.shape[transposeA ? 1 : 0] ?? 1) * (b.shape[transposeB ? 0 : 1] ?? 1);
  const straight = PACKING * sizeB + (transposeA ? sizeA : 0) + (transposeB ? sizeB : 0);
  const turned = PACKING * sizeA + (transposeA ? 0 : sizeA) + (transposeB ? 0 : sizeB) + result;
  return straight <= turned || !(transposeA || transposeB)
    ? matMul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b)
    : transpose(matMul(transposeB ? b : transpose(b), transposeA ? a : transpose(a))); // (bᵀ aᵀ)ᵀ
}
