import { reshape, type Tensor, tidy } from '@gpt-ts/kernels';
import type { GPT } from '../gpt.js';
import type { KVCache } from '../kv-cache.js';

/** Rows are padded to a multiple of this: fewer positions may be added up in another order, and none is to depend on its batch. */
export const PAD = 4;

/**
 * Reads rows of different lengths side by side, each padded on the right, which nothing before sees.
 *
 * @param cache - What each row holds already; the ids follow it, and are added to it.
 * @returns Hidden states `[B * T, C]`, which the caller disposes, and T.
 */
export function readRows(model: GPT, rows: readonly Int32Array[], cache?: KVCache): { x: Tensor; t: number } {
  const { nCtx, nEmbd } = model.config;
  const lengths = rows.map(({ length }) => length);
  const padded = Math.ceil(Math.max(...lengths) / PAD) * PAD;
  const t = cache ? padded : Math.min(nCtx, padded);
  const ids = new Int32Array(rows.length * t);
  for (const [r, row] of rows.entries()) ids.set(row, r * t);
  const x = tidy(() => reshape(model.hidden(ids, rows.length, { cache, lengths }), [ids.length, nEmbd]));
  cache?.extend(lengths);
  return { x, t };
}
