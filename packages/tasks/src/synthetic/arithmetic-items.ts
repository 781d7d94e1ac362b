/** As many questions of arithmetic as wanted, by seed. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import type { Shot } from '../few-shot-prompt.js';
import { arithmeticItem, type PairKind, pairKinds } from './arithmetic.js';
import { type Sign, type ThreeOpsForm, threeOpsDigits, threeOpsItem } from './three-ops.js';

/** The name of a kind of question: GPT-3's ten. */
export type ArithmeticKind = PairKind | 'single-digit-three-ops';

/** The ten kinds, in the order of GPT-3's Table 3.9. */
export const arithmeticKinds: readonly ArithmeticKind[] = [
  ...(Object.keys(pairKinds) as PairKind[]),
  'single-digit-three-ops',
];

/** How many, and which. */
export interface ArithmeticOptions {
  /** Questions wanted. GPT-3 had 2,000 of each kind. */
  count: number;
  /** Seed of the draws. Default 0, and 0 counts. */
  seed?: number;
  /** No question twice, as in the released files. Default true. */
  distinct?: boolean;
  /** Of `'single-digit-three-ops'`. Default `'released'`. */
  form?: ThreeOpsForm;
}

const SIGNS: readonly Sign[] = ['+', '-', '*'];

/**
 * Questions with operands drawn evenly from all of the kind (GPT-3 section 3.9.1).
 *
 * Each depends on the kind, the seed and its number alone, less those that came before where `distinct`: a smaller `count` gives
 * the beginning of a larger one.
 *
 * @throws InvalidArgumentError when `count` is not one, or there are not as many different questions.
 * @example
 * const [first] = arithmeticItems('two-digit-addition', { count: 2000 });
 * first; // => { context: '\n\nQ: What is 52 plus 76?\n\nA:', completion: ' 128' }
 */
export function arithmeticItems(
  kind: ArithmeticKind,
  { count, seed = 0, distinct = true, form = 'released' }: ArithmeticOptions,
): Shot[] {
  const most = distinct ? different(kind, form) : Number.MAX_SAFE_INTEGER;
  if (!Number.isSafeInteger(count) || count < 0 || count > most) {
    const expected = `an integer from 0 to ${most}${distinct ? ', the different questions of this kind' : ''}`;
    throw new InvalidArgumentError({ argument: 'count', expected, received: count });
  }
  const items: Shot[] = [];
  const seen = new Set<string>();
  for (let number = 0; items.length < count; number++) {
    const item = draw(kind, form, new Random(seed, `${kind} ${number}`));
    if (distinct && seen.has(item.context)) continue;
    if (distinct) seen.add(item.context);
    items.push(item);
  }
  return items;
}

function draw(kind: ArithmeticKind, form: ThreeOpsForm, random: Random): Shot {
  if (kind !== 'single-digit-three-ops') {
    const below = 10 ** pairKinds[kind].digits;
    return arithmeticItem(kind, [random.int(below), random.int(below)]);
  }
  const { least, most } = threeOpsDigits[form];
  const digit = () => least + random.int(most - least + 1);
  return threeOpsItem([digit(), digit(), digit()], [random.pick(SIGNS), random.pick(SIGNS)], form);
}

function different(kind: ArithmeticKind, form: ThreeOpsForm): number {
  if (kind !== 'single-digit-three-ops') return 10 ** (2 * pairKinds[kind].digits);
  const { least, most } = threeOpsDigits[form];
  return (most - least + 1) ** 3 * SIGNS.length ** 2;
}
