import type { EncodedExample } from '../../src/index.js';

/** An encoded example of rows of these lengths; every token of it is `id`, which is also its label. */
export function encoded(id: number, ...lengths: number[]): EncodedExample {
  const t = Math.max(...lengths);
  const tokens = Int32Array.from(
    lengths.flatMap((n) => Array.from({ length: t }, (_, i) => (i < n ? id : 0))),
  );
  return { tokens, extractIndex: Int32Array.from(lengths, (n) => n - 1), label: id };
}
