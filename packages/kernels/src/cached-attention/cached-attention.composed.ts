import { reshape, slice, type Tensor, tensor, tensorScatterUpdate } from '@tensorflow/tfjs-core';
import { sees } from '../causal-attention/attention-pattern.js';
import {
  HIDDEN,
  headsOf,
  headsThatDiffer,
  probabilities,
  weigh,
} from '../causal-attention/causal-attention.composed.js';
import { attentionShape } from '../causal-attention/causal-attention.js';
import { oneByOne } from '../composed/stack.js';
import type { Kernel } from '../kernel-table.js';

/** Writes the new keys and values into a copy of the cache, then attends over the part of it that is filled. */
export const cachedAttentionComposed: Kernel<'GptCachedAttention', Tensor> = (
  { qkv, cache },
  { nHead, pattern, scale, starts },
) => {
  const { b, t: n, a, dHead } = attentionShape(qkv.shape, nHead);
  const nCtx = cache.shape[1]!;
  const places = starts.flatMap((start, bi) => Array.from({ length: n }, (_, i) => bi * nCtx + start + i));
  const updated = reshape(
    tensorScatterUpdate(
      reshape(cache, [b * nCtx, 2 * a]),
      tensor(places, [b * n, 1], 'int32'),
      reshape(slice(qkv, [0, 0, a], [b, n, 2 * a]), [b * n, 2 * a]),
    ),
    cache.shape,
  );

  const filled = Math.max(...starts) + n;
  const apart = oneByOne(n, dHead, filled);
  const queries = headsOf(slice(qkv, [0, 0, 0], [b, n, a]), nHead, apart);
  const { rows, columns } = headsOf(slice(updated, [0, 0, 0], [b, filled, 2 * a]), 2 * nHead, apart);
  const heads = headsThatDiffer(pattern, nHead);
  const mask = new Float32Array(b * heads * n * filled).map((_, at) => {
    const [j, i, h] = [at % filled, Math.floor(at / filled) % n, Math.floor(at / filled / n) % heads];
    const position = starts[Math.floor(at / filled / n / heads)] + i;
    return sees(pattern, h, position, j) ? 0 : HIDDEN;
  });
  const { p } = probabilities(
    queries.rows(0, nHead),
    columns(0, nHead),
    [b, nHead, n, filled],
    scale,
    tensor(mask, [b, heads, n, filled]),
  );
  return [reshape(weigh(p, rows(nHead, nHead), apart), [b, n, a]), updated];
};
