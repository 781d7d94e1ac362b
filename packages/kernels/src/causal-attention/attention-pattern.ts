import { InvalidArgumentError } from '@gpt-ts/core';

/**
 * Which earlier positions a query sees; position i never sees beyond itself and always sees itself.
 *
 * | kind | query i sees key j <= i when |
 * | --- | --- |
 * | `dense` | always |
 * | `banded` | `i - window < j`: the last `window` keys |
 * | `column` | `(i - j) mod stride = 0` |
 * | `strided` | `banded` of `stride` keys, or `column` |
 * | `block` | `floor(i / stride) = floor(j / stride)` |
 * | `fixed` | `block`, or `j mod stride` is among the last `summary` columns of a block; with `groups`, head h takes the `summary` columns before those of group `(h mod groups) - 1` |
 *
 * @see Child et al. 2019, sections 4.2 and 4.3; GPT-3 section 2.1 ("alternating dense and locally banded sparse").
 */
export type AttentionPattern =
  | { readonly kind: 'dense' }
  | { readonly kind: 'banded'; readonly window: number }
  | { readonly kind: 'column' | 'strided' | 'block'; readonly stride: number }
  | { readonly kind: 'fixed'; readonly stride: number; readonly summary: number; readonly groups?: number };

/** Every position sees all before it. */
export const DENSE: AttentionPattern = { kind: 'dense' };

/** The sizes that each kind must have. */
const SIZES: Record<AttentionPattern['kind'], readonly ('window' | 'stride' | 'summary')[]> = {
  dense: [],
  banded: ['window'],
  column: ['stride'],
  strided: ['stride'],
  block: ['stride'],
  fixed: ['stride', 'summary'],
};

/** Throws InvalidArgumentError unless windows and strides are positive integers and all summary columns fit a block. */
export function checkPattern(pattern: AttentionPattern): void {
  const { kind, groups = 1, ...sizes }: Sizes = pattern;
  if (!Object.hasOwn(SIZES, kind)) {
    const expected = `one of ${Object.keys(SIZES).join(', ')}`;
    throw new InvalidArgumentError({ argument: 'pattern.kind', expected, received: kind });
  }
  for (const name of SIZES[kind]) assertSize(name, sizes[name]);
  if (kind !== 'fixed') return;
  assertSize('groups', groups);
  const [stride, summary] = [sizes.stride!, sizes.summary!];
  if (summary * groups > stride) {
    throw new InvalidArgumentError({
      argument: 'pattern.summary',
      expected: `at most stride / groups = ${stride} / ${groups}`,
      received: summary,
    });
  }
}

type Sizes = { kind: AttentionPattern['kind'] } & {
  [size in 'window' | 'stride' | 'summary' | 'groups']?: number;
};

function assertSize(name: string, received: number | undefined): void {
  if (Number.isSafeInteger(received) && received! >= 1) return;
  throw new InvalidArgumentError({ argument: `pattern.${name}`, expected: 'a positive integer', received });
}

/** Does query `i` of a head see key `j`? Defines the patterns; kernels skip what it denies. */
export function sees(pattern: AttentionPattern, head: number, i: number, j: number): boolean {
  if (j > i) return false;
  switch (pattern.kind) {
    case 'dense':
      return true;
    case 'banded':
      return i - pattern.window < j;
    case 'column':
      return (i - j) % pattern.stride === 0;
    case 'strided':
      return i - pattern.stride < j || (i - j) % pattern.stride === 0;
    case 'block':
      return Math.floor(i / pattern.stride) === Math.floor(j / pattern.stride);
    case 'fixed': {
      const { stride, summary, groups = 1 } = pattern;
      const end = stride - summary * (head % groups);
      const column = j % stride;
      return Math.floor(i / stride) === Math.floor(j / stride) || (column >= end - summary && column < end);
    }
  }
}
