/** Which rows of a long series a drawing shows. */
export interface Thinning {
  /** Rows that a bucket stands for; 1 when all are drawn. */
  size: number;
  /** The first and the last row of each bucket. */
  rows: number[];
}

/** Cuts `length` rows into at most `most` buckets of equal size. */
export function thinning(length: number, most: number): Thinning {
  const size = Math.max(1, Math.ceil(length / most));
  const rows: number[] = [];
  for (let start = 0; start < length; start += size) {
    rows.push(start);
    const last = Math.min(start + size, length) - 1;
    if (last > start) rows.push(last);
  }
  return { size, rows };
}

/**
 * What to draw at those rows: the lowest and the highest value of each bucket, in the order in which they came, so that no
 * spike is lost. NaN where a bucket has no number.
 *
 * @example
 * extremes([5, 1, 2, 9], thinning(4, 1)); // => [1, 9]
 */
export function extremes(values: ArrayLike<number>, { size, rows }: Thinning): number[] {
  const drawn: number[] = [];
  for (let start = 0; start < values.length; start += size) {
    const end = Math.min(start + size, values.length);
    let [low, high] = [-1, -1];
    for (let i = start; i < end; i++) {
      if (Number.isNaN(values[i])) continue;
      if (low < 0 || values[i] < values[low]) low = i;
      if (high < 0 || values[i] > values[high]) high = i;
    }
    drawn.push(values[Math.min(low, high)] ?? Number.NaN);
    if (rows[drawn.length] < end) drawn.push(values[Math.max(low, high)] ?? Number.NaN);
  }
  return drawn;
}
