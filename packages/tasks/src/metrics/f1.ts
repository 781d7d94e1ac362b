/**
 * F1 of one class, from {@link confusion} counts: the harmonic mean of precision and recall, `2 tp / (2 tp + fp + fn)`.
 * Published for MRPC and QQP. 0 when nothing is, or is taken for, that class.
 *
 * @param positive - The class. Default 1, the second of two.
 * @example
 * f1([[1, 1], [0, 2]]); // => 0.8
 */
export function f1(counts: readonly (readonly number[])[], positive = 1): number {
  const truePositives = counts[positive][positive];
  const labelled = counts[positive].reduce((a, b) => a + b, 0);
  const predicted = counts.reduce((sum, row) => sum + row[positive], 0);
  return labelled + predicted === 0 ? 0 : (2 * truePositives) / (labelled + predicted);
}
