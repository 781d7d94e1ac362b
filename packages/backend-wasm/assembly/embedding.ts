/** Index of the first of n ids that is neither below `limit` nor, if allowed, -1; or -1 when all are fine. */
export function firstBadId(n: usize, limit: u32, allowIgnored: bool, ids: usize): i32 {
  for (let i: usize = 0; i < n; i++) {
    const id = load<u32>(ids + (i << 2)); // a negative id is a huge one
    if (id >= limit && !(allowIgnored && id == <u32>-1)) return <i32>i;
  }
  return -1;
}

/** Copies row ids[i] of a table of width c to row i of y. */
export function embedding(n: usize, c: usize, ids: usize, table: usize, y: usize): void {
  const bytes = c << 2;
  for (let i: usize = 0; i < n; i++, y += bytes) {
    memory.copy(y, table + <usize>load<u32>(ids + (i << 2)) * bytes, bytes);
  }
}

/** Adds row i of dy to row ids[i] of dTable [rows, c]. */
export function embeddingGrad(n: usize, c: usize, rows: usize, ids: usize, dy: usize, dTable: usize): void {
  memory.fill(dTable, 0, (rows * c) << 2);
  for (let i: usize = 0; i < n; i++) {
    const to = dTable + ((<usize>load<u32>(ids + (i << 2)) * c) << 2);
    const from = dy + ((i * c) << 2);
    for (let d: usize = 0; d < c << 2; d += 4) store<f32>(to + d, load<f32>(to + d) + load<f32>(from + d));
  }
}
