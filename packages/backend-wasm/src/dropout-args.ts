import type { DropoutAttrs } from '@gpt-ts/kernels';

/** Dropout as the compiled kernels take it: threshold, scale, step, stream and the key's two words. A threshold of 0 is none. */
export function dropoutArgs(dropout: DropoutAttrs | undefined): number[] {
  if (dropout === undefined) return [0, 1, 0, 0, 0, 0];
  const { threshold, scale, step, stream, key } = dropout;
  return [threshold, scale, step, stream, ...key];
}
