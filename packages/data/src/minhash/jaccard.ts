/**
 * The share of two sets that is in both: size of the intersection over size of the union. Two empty sets have 0, as
 * there is nothing they share.
 *
 * @param a - Sorted, each number once, as {@link shingleSet} gives it.
 * @param b - The same.
 * @example
 * jaccard(Uint32Array.of(1, 2, 3), Uint32Array.of(2, 3, 4)); // => 0.5
 */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = a[i];
    const y = b[j];
    if (x === y) shared++;
    if (x <= y) i++;
    if (y <= x) j++;
  }
  const union = a.length + b.length - shared;
  return union === 0 ? 0 : shared / union;
}
