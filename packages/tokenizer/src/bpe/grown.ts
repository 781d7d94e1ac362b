/** A copy of a typed array with more room, at least half as much again, so that growing step by step stays cheap. */
export function grown<T extends Int32Array | Float64Array | Uint8Array>(array: T, room: number): T {
  const Kind = array.constructor as new (length: number) => T;
  const copy = new Kind(Math.max(room, Math.ceil(1.5 * array.length)));
  copy.set(array);
  return copy;
}
