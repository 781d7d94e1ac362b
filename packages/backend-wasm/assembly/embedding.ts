import { add } from './elementwise';

/** Index of the first of n ids that is neither below `limit` nor, if allowed, -1; or -1 when all are fine. */
export function firstBadId(n: usize, limit: u32, allowIgnored: bool, ids: usize): i32 {
  for (let i: usize = 0; i < n; i++) {
    const id = load<u32>(ids + (i << 2)); // a negative id is a huge one
    if (id >= limit && !(allowIgnored && id == <u32>-1)) return <i32>i;
  }
  return -1;
}

/** Copies row ids[i] of a table of width c to row i of y, for rows `first..last`. */
export function embedding(first: usize, last: usize, c: usize, ids: usize, table: usize, y: usize): void {
  const bytes = c << 2;
  for (let i = first; i < last; i++) {
    memory.copy(y + i * bytes, table + <usize>load<u32>(ids + (i << 2)) * bytes, bytes);
  }
}

/** Adds columns `first..last` of row i of dy to row ids[i] of dTable, both of width c. */
export function embeddingGrad(first: usize, last: usize, n: usize, c: usize, ids: usize, dy: usize, dTable: usize): void {
  for (let i: usize = 0; i < n; i++) {
    const to = dTable + ((<usize>load<u32>(ids + (i << 2)) * c) << 2);
    add(first, last, to, dy + ((i * c) << 2), to);
  }
}

/** Zeros in elements `first..last`. */
export function clear(first: usize, last: usize, x: usize): void {
  memory.fill(x + (first << 2), 0, (last - first) << 2);
}
