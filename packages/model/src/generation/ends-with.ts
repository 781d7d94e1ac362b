/** Whether the last ids of a text are these. */
export function endsWith(ids: readonly number[], end: readonly number[]): boolean {
  return end.every((want, i) => ids.at(i - end.length) === want);
}
