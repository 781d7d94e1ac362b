import { InvalidArgumentError } from '@gpt-ts/core';
import { type DropoutSource, dropoutAttrs } from '../dropout/dropout-attrs.js';
import type { AttentionAttrs } from '../kernel-table.js';
import { type AttentionPattern, checkPattern, DENSE } from './attention-pattern.js';

/** What attention does other than by default. */
export interface AttentionOptions {
  /** Which earlier positions a query sees. Default: all. */
  pattern?: AttentionPattern;
  /** What scores are multiplied by before the softmax. Default 1/sqrt(dHead); GPT-Neo's is 1. */
  scale?: number;
  /**
   * Sets each probability to 0 with probability `rate` and scales the others up, for training. Default: none.
   *
   * The mask is that of `dropout` on the probabilities `[B, nHead, T, T]`: one a text, head, query and key, whatever the
   * pattern.
   */
  dropout?: { readonly rate: number; readonly source: DropoutSource };
}

/** The options as kernels take them. Throws InvalidArgumentError when one is out of range. */
export function attentionAttrs(
  nHead: number,
  dHead: number,
  { pattern = DENSE, scale = defaultScale(dHead), dropout }: AttentionOptions,
): AttentionAttrs {
  checkPattern(pattern);
  const inFloat32 = Math.fround(scale);
  if (!(inFloat32 > 0 && inFloat32 < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError({ argument: 'scale', expected: 'a positive float32', received: scale });
  }
  const attrs = { nHead, pattern, scale };
  const mask = dropout && dropoutAttrs(dropout.rate, dropout.source);
  return mask && mask.threshold > 0 ? { ...attrs, dropout: mask } : attrs;
}

/** 1/sqrt(dHead), each step in float32: every backend then computes with the same number. */
function defaultScale(dHead: number): number {
  return Math.fround(1 / Math.fround(Math.sqrt(dHead)));
}
