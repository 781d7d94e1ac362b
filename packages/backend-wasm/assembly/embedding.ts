/** Copies row ids[i] of table [rows, c] to row i of y. Returns the index of the first id outside the table, or -1. */
export function embedding(count: usize, c: usize, rows: u32, ids: usize, table: usize, y: usize): i32 {
  const bytes = c << 2;
  for (let i: usize = 0; i < count; i++) {
    const id = load<u32>(ids + (i << 2)); // a negative id is a huge one
    if (id >= rows) return <i32>i;
    memory.copy(y + i * bytes, table + <usize>id * bytes, bytes);
  }
  return -1;
}

/** Adds row i of dy to row ids[i] of dTable [rows, c]. The ids were checked by the forward pass. */
export function embeddingGrad(count: usize, c: usize, rows: usize, ids: usize, dy: usize, dTable: usize): void {
  memory.fill(dTable, 0, (rows * c) << 2);
  for (let i: usize = 0; i < count; i++) {
    const to = dTable + ((<usize>load<u32>(ids + (i << 2)) * c) << 2);
    const from = dy + ((i * c) << 2);
    for (let d: usize = 0; d < c << 2; d += 4) store<f32>(to + d, load<f32>(to + d) + load<f32>(from + d));
  }
}
