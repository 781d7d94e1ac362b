/** A short piece of measured work: gives its own figure, such as milliseconds a call. */
export type Slice = () => number | Promise<number>;

/**
 * Runs slices in turn, so that whatever else the machine does in a round happens to all of them.
 *
 * Every other round goes backwards: a machine that gets slower and slower then favours nobody.
 *
 * @returns The figures of each slice, one a round.
 * @example
 * const [ours, theirs] = await alternate([timeOurs, timeTheirs], 9);
 */
export async function alternate(slices: readonly Slice[], rounds: number): Promise<number[][]> {
  const figures: number[][] = slices.map(() => []);
  const order = slices.map((_, i) => i);
  for (let round = 0; round < rounds; round++) {
    for (const i of round % 2 === 0 ? order : order.toReversed()) figures[i].push(await slices[i]());
  }
  return figures;
}
