import { ShapeError } from '@gpt-ts/core';
import { run } from '../run.js';
import { lastDim } from '../shape.js';
import { type Tensor, tidy } from '../tensor.js';

/**
 * Multi-head self-attention in which position t sees positions 0 to t.
 *
 * Per head: `softmax(q kᵀ / sqrt(dHead)) v`, the disallowed keys having weight exactly 0. The probabilities are not
 * kept for the backward pass: it recomputes them from the log of each row's sum.
 *
 * @param qkv - `[B, T, 3A]`: all queries, then all keys, then all values; in each, head 0 comes first.
 * @param nHead - Number of heads; `A = nHead * dHead`.
 * @returns `[B, T, A]`, heads side by side.
 * @throws ShapeError when the last dimension is not three times a multiple of `nHead`.
 * @see Vaswani et al. 2017, equation 1; masked as in GPT-1 section 3.1; `attn` in openai/gpt-2 `src/model.py`.
 */
export function causalAttention(qkv: Tensor, nHead: number): Tensor {
  if (qkv.shape.length !== 3 || !(nHead >= 1) || lastDim(qkv.shape) % (3 * nHead) !== 0) {
    throw new ShapeError({
      op: 'causalAttention',
      argument: 'qkv',
      expected: `[B, T, 3 x ${nHead} heads x dHead]`,
      received: qkv.shape,
    });
  }
  return tidy(() => run('GptCausalAttention', { qkv }, { nHead })[0]);
}

/** Sizes of an attention problem. */
export function attentionShape(
  qkv: readonly number[],
  nHead: number,
): { b: number; t: number; a: number; dHead: number } {
  const a = qkv[2] / 3;
  return { b: qkv[0], t: qkv[1], a, dHead: a / nHead };
}
