import type { AttentionPattern } from '@gpt-ts/kernels';

/** A pattern as the compiled kernels take it: kind (as in `assembly/attention.ts`), window or stride, summary columns, groups. */
export function patternArgs(pattern: AttentionPattern): number[] {
  return numbersOf(pattern).map((each) => Math.min(each, 2 ** 28)); // more is as good as endless, and fits 32 bits
}

function numbersOf(pattern: AttentionPattern): [kind: number, size: number, summary: number, groups: number] {
  switch (pattern.kind) {
    case 'dense':
      return [0, 0, 0, 1];
    case 'banded':
      return [1, pattern.window, 0, 1];
    case 'column':
      return [2, pattern.stride, 0, 1];
    case 'strided':
      return [3, pattern.stride, 0, 1];
    case 'block':
      return [4, pattern.stride, 0, 1];
    case 'fixed':
      return [5, pattern.stride, pattern.summary, pattern.groups ?? 1];
  }
}
