/**
 * Groups texts of similar length, so that little of a batch is padding.
 *
 * @param lengths - Tokens of each text.
 * @param budget - Most tokens of a batch, padding included; a longer text is a batch of its own.
 * @returns Indices of the texts, longest first; each stands in one batch.
 * @example
 * batchesOf([2, 9, 8, 3], 18); // => [[1, 2], [3, 0]]
 */
export function batchesOf(lengths: readonly number[], budget: number): number[][] {
  const batches: number[][] = [];
  const byLength = [...lengths.keys()].sort((a, b) => lengths[b] - lengths[a]);
  for (const i of byLength) {
    const batch = batches.at(-1);
    if (batch && lengths[batch[0]] * (batch.length + 1) <= budget) batch.push(i);
    else batches.push([i]);
  }
  return batches;
}
