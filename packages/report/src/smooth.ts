/**
 * An average of what is near, before and after, so that it does not lag. Weights fall exponentially with the distance; at
 * the ends there is less to average. Gaps (NaN) have no weight.
 *
 * @param span - Weights fall by e in half of this, in rows.
 */
export function smooth(values: Float64Array, span: number): Float64Array {
  const keep = Math.exp(-2 / span);
  const { length } = values;
  const sums = new Float64Array(length);
  const weights = new Float64Array(length);
  const pass = (from: number, by: 1 | -1): void => {
    let sum = 0;
    let weight = 0;
    for (let i = from; i >= 0 && i < length; i += by) {
      const there = Number.isNaN(values[i]) ? 0 : 1;
      sums[i] += sum; // what lies on this side, without the row itself
      weights[i] += weight;
      sum = keep * (sum + (there && values[i]));
      weight = keep * (weight + there);
    }
  };
  pass(0, 1);
  pass(length - 1, -1);
  return values.map((value, i) => {
    const there = Number.isNaN(value) ? 0 : 1;
    return (sums[i] + (there && value)) / (weights[i] + there);
  });
}
