import type { PlainTensor } from '@gpt-ts/core';
import { sees } from '../causal-attention/attention-pattern.js';
import { attentionShape } from '../causal-attention/causal-attention.js';
import { attend, range, vector } from '../causal-attention/causal-attention.reference.js';
import type { Kernel } from '../kernel-table.js';

/** Stores keys and values, then one query at a time. */
export const cachedAttentionReference: Kernel<'GptCachedAttention', PlainTensor> = (
  { qkv, cache },
  { nHead, pattern, scale, starts },
) => {
  const { b, t: n, a, dHead } = attentionShape(qkv.shape, nHead);
  const nCtx = cache.shape[1];
  const kv: PlainTensor = { shape: cache.shape, data: Float32Array.from(cache.data) };
  const out = new Float32Array(b * n * a);
  for (let bi = 0; bi < b; bi++) {
    for (let i = 0; i < n; i++) {
      const position = starts[bi] + i;
      const row = (bi * n + i) * 3 * a;
      kv.data.set(vector(qkv, row + a, 2 * a), (bi * nCtx + position) * 2 * a);
      for (let h = 0; h < nHead; h++) {
        const keys = range(position + 1).filter((j) => sees(pattern, h, position, j));
        const at = (part: number, j: number) => (bi * nCtx + j) * 2 * a + part * a + h * dHead;
        const { value } = attend(
          vector(qkv, row + h * dHead, dHead),
          keys.map((j) => vector(kv, at(0, j), dHead)),
          keys.map((j) => vector(kv, at(1, j), dHead)),
          scale,
        );
        out.set(value, (bi * n + i) * a + h * dHead);
      }
    }
  }
  return [{ shape: [b, n, a], data: out }, kv];
};
