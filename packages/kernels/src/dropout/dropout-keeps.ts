import { philox4x32 } from '@gpt-ts/core';
import type { DropoutAttrs } from './dropout-attrs.js';

/** For each of `n` elements 1 if it stays, 0 if it is dropped: one block of four random words for every four elements. */
export function dropoutKeeps(n: number, { threshold, step, stream, key }: DropoutAttrs): Uint8Array {
  const block = new Uint32Array(4);
  const keeps = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    if (i % 4 === 0) philox4x32([i / 4, step, stream, 1], key, block);
    keeps[i] = block[i % 4] < threshold ? 0 : 1;
  }
  return keeps;
}
