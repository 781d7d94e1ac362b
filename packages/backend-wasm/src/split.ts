/** Below this many floating-point operations, waking another thread costs more than it saves: they take about 5 microseconds. */
const MIN_WORK = 100_000;

/**
 * Cuts `0..n` into at most `threads` ranges of about equal length, none smaller than its share of the work is worth.
 *
 * @param align - Ranges start at multiples of it, so that vectors and tiles stay whole and every split gives the same bits.
 * @param work - Floating-point operations of the whole.
 */
export function split(
  n: number,
  align: number,
  work: number,
  threads: number,
): [first: number, last: number][] {
  if (threads === 1 || work < 2 * MIN_WORK) return [[0, n]];
  const units = Math.ceil(n / align);
  const parts = Math.max(1, Math.min(threads, units, Math.floor(work / MIN_WORK)));
  return Array.from({ length: parts }, (_, i) => [
    Math.floor((i * units) / parts) * align,
    Math.min(n, Math.floor(((i + 1) * units) / parts) * align),
  ]);
}
