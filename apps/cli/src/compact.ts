/** Objects with gaps: options that were not given. */

/** Without what is undefined, and without objects that are empty then. */
export function compact<T extends object>(value: T): T {
  const entries = Object.entries(value)
    .map(([key, each]) => [key, isRecord(each) ? compact(each) : each] as const)
    .filter(([, each]) => each !== undefined && !(isRecord(each) && Object.keys(each).length === 0));
  return Object.fromEntries(entries) as T;
}

/** An object that is no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
