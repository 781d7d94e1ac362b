/**
 * Matthews correlation of {@link confusion} counts, from -1 to 1: 0 is chance, whatever the shares of the classes.
 * Published for CoLA. With two classes it is `(tp tn - fp fn) / sqrt((tp + fp)(tp + fn)(tn + fp)(tn + fn))`; with more,
 * the R_K of Gorodkin 2004. 0 when all labels or all predictions are the same.
 *
 * @see Matthews 1975; Gorodkin 2004, Comparing two K-category assignments by a K-category correlation coefficient.
 * @example
 * matthews([[1, 1], [0, 2]]); // => 0.5773502691896258 (1 / sqrt(3))
 */
export function matthews(counts: readonly (readonly number[])[]): number {
  const classes = counts.map((_, k) => k);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const labelled = counts.map(sum);
  const predicted = classes.map((k) => sum(counts.map((row) => row[k])));
  const right = sum(classes.map((k) => counts[k][k]));
  const n = sum(labelled);
  const dot = (a: readonly number[], b: readonly number[]) => sum(classes.map((k) => a[k] * b[k]));
  const spread = (n * n - dot(predicted, predicted)) * (n * n - dot(labelled, labelled));
  return spread === 0 ? 0 : (n * right - dot(predicted, labelled)) / Math.sqrt(spread);
}
