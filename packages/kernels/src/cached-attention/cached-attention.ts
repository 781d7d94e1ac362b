import { InvalidArgumentError, ShapeError } from '@gpt-ts/core';
import { type AttentionOptions, attentionAttrs } from '../causal-attention/attention-options.js';
import { assertQkv, attentionShape } from '../causal-attention/causal-attention.js';
import { run } from '../run.js';
import type { Parameter, Tensor } from '../tensor.js';

/**
 * Attention of new positions over all earlier ones, whose keys and values are kept in a cache: the same numbers as
 * {@link causalAttention} over the whole text, for the work of the new positions only.
 *
 * @param qkv - `[B, N, 3A]` of N new positions: one when decoding, the whole prompt at first.
 * @param cache - `[B, nCtx, 2A]`: keys, then values. Updated: the new positions' are written into it.
 * @param starts - For each row, how many positions it holds already: row b's new ones are `starts[b]` to `starts[b] + N - 1`.
 * @param nHead - Number of heads; `A = nHead * dHead`.
 * @param options - As of {@link causalAttention}, without dropout.
 * @returns `[B, N, A]`. Has no gradient.
 * @throws ShapeError when the shapes do not go together.
 * @throws InvalidArgumentError when a row would outgrow the cache, or an option is out of range.
 * @example
 * const out = cachedAttention(qkv, cache, [7], nHead); // the eighth position of one text
 */
export function cachedAttention(
  qkv: Tensor,
  cache: Parameter,
  starts: readonly number[],
  nHead: number,
  { pattern, scale }: Omit<AttentionOptions, 'dropout'> = {},
): Tensor {
  assertQkv('cachedAttention', qkv, nHead);
  const attrs = attentionAttrs(nHead, attentionShape(qkv.shape, nHead).dHead, { pattern, scale });
  const [b, n, width] = qkv.shape;
  const [rows, nCtx, kv] = cache.shape;
  if (cache.rank !== 3 || rows !== b || kv !== (width / 3) * 2) {
    const expected = `[${b}, nCtx, ${(width / 3) * 2}]`;
    throw new ShapeError({ op: 'cachedAttention', argument: 'cache', expected, received: cache.shape });
  }
  const fits = (start: number) => Number.isInteger(start) && start >= 0 && start + n <= nCtx;
  if (starts.length !== b || !starts.every(fits)) {
    throw new InvalidArgumentError({
      argument: 'starts',
      expected: `${b} integers from 0 to ${nCtx - n}`,
      received: starts,
    });
  }
  const [out, updated] = run('GptCachedAttention', { qkv, cache }, { ...attrs, starts });
  if (updated.dataId !== cache.dataId) cache.assign(updated as typeof cache);
  updated.dispose();
  return out;
}
