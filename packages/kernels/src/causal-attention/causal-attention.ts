import { ShapeError } from '@gpt-ts/core';
import { first, run } from '../run.js';
import { lastDim } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type AttentionOptions, attentionAttrs } from './attention-options.js';

/**
 * Multi-head self-attention in which position t sees positions 0 to t, or those of them that a pattern allows.
 *
 * Per head: `dropout(softmax(scale q kᵀ)) v`, the disallowed keys having weight exactly 0. Neither the probabilities nor
 * the mask are kept for the backward pass: it recomputes them, from the log of each row's sum and from the mask's source.
 *
 * @param qkv - `[B, T, 3A]`: all queries, then all keys, then all values; in each, head 0 comes first.
 * @param nHead - Number of heads; `A = nHead * dHead`.
 * @param options - Default: every earlier position, scores divided by the root of `dHead`, no dropout.
 * @returns `[B, T, A]`, heads side by side.
 * @throws ShapeError when the last dimension is not three times a multiple of `nHead`.
 * @throws InvalidArgumentError when an option is out of range.
 * @see Vaswani et al. 2017, equation 1; masked as in GPT-1 section 3.1; `attn` in openai/gpt-2 `src/model.py`; Child et
 * al. 2019 for the patterns; GPT-1 section 4.1 for the dropout.
 * @example
 * const out = causalAttention(qkv, 12, { pattern: { kind: 'banded', window: 256 } }); // [B, T, 3A] -> [B, T, A]
 */
export function causalAttention(qkv: Tensor, nHead: number, options: AttentionOptions = {}): Tensor {
  assertQkv('causalAttention', qkv, nHead);
  const { dHead } = attentionShape(qkv.shape, nHead);
  return first(run('GptCausalAttention', { qkv }, attentionAttrs(nHead, dHead, options)));
}

/** Throws ShapeError unless the tensor is `[B, T, 3 nHead dHead]`. */
export function assertQkv(op: string, qkv: Tensor, nHead: number): void {
  if (qkv.shape.length === 3 && nHead >= 1 && lastDim(qkv.shape) % (3 * nHead) === 0) return;
  const expected = `[B, T, 3 x ${nHead} heads x dHead]`;
  throw new ShapeError({ op, argument: 'qkv', expected, received: qkv.shape });
}

/** Sizes of an attention problem. */
export function attentionShape(
  qkv: readonly number[],
  nHead: number,
): { b: number; t: number; a: number; dHead: number } {
  const a = qkv[2] / 3;
  return { b: qkv[0], t: qkv[1], a, dHead: a / nHead };
}
