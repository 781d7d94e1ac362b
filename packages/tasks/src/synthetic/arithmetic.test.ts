import { describe, expect, test } from 'vitest';
import { bytes } from '../../test/toy-codecs.js';
import { fewShotPrompt, type Shot } from '../few-shot-prompt.js';
import { arithmeticItem, type PairKind, pairKinds } from './arithmetic.js';
import { arithmeticItems, arithmeticKinds } from './arithmetic-items.js';
import { type ThreeOpsForm, threeOpsItem } from './three-ops.js';

const DRAWS = 10_000;

/** The answer that the question's own text asks for. */
function evaluate(context: string): bigint {
  const expression = /^\n\nQ: What is (.+)\?\n\nA:$/.exec(context)?.[1] ?? '';
  const symbols = expression
    .replace('plus', '+')
    .replace('minus', '-')
    .replace('times', '*')
    .replaceAll(' ', '');
  const inside = /\((.+)\)/.exec(symbols);
  return binary(inside === null ? symbols : symbols.replace(inside[0], `${binary(inside[1])}`));
}

function binary(text: string): bigint {
  const [, a, sign, b] = /^(-?\d+)([-+*])(-?\d+)$/.exec(text) ?? [];
  if (sign === '+') return BigInt(a) + BigInt(b);
  return sign === '-' ? BigInt(a) - BigInt(b) : BigInt(a) * BigInt(b);
}

const numbers = ({ context }: Shot) => (context.match(/\d+/g) ?? []).map(Number);
const share = (items: readonly Shot[], holds: (item: Shot) => boolean) =>
  items.filter(holds).length / items.length;

/** Each value about equally often: within 5 standard deviations. */
function expectEven(counts: readonly number[]): void {
  const n = counts.reduce((a, b) => a + b, 0);
  const p = 1 / counts.length;
  for (const count of counts) expect(Math.abs(count - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)));
}

function tally(values: readonly number[], bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[value]++;
  return counts;
}

test('the paper: 2D+, 2D-, 2Dx and the two forms of 1DC', () => {
  expect(arithmeticItem('two-digit-addition', [48, 76])).toEqual({
    context: '\n\nQ: What is 48 plus 76?\n\nA:',
    completion: ' 124',
  });
  expect(arithmeticItem('two-digit-subtraction', [34, 53])).toEqual({
    context: '\n\nQ: What is 34 minus 53?\n\nA:',
    completion: ' -19',
  });
  expect(arithmeticItem('two-digit-multiplication', [24, 42])).toEqual({
    context: '\n\nQ: What is 24 times 42?\n\nA:',
    completion: ' 1008',
  });
  expect(threeOpsItem([6, 4, 8], ['+', '*'], 'paper')).toEqual({
    context: '\n\nQ: What is 6+(4*8)?\n\nA:',
    completion: ' 38',
  });
  expect(threeOpsItem([2, 4, 6], ['*', '*'])).toEqual({
    context: '\n\nQ: What is (2 * 4) * 6?\n\nA:',
    completion: ' 48',
  });
  expect(threeOpsItem([3, 5, 0], ['-', '*'], 'paper').completion).toBe(' 3');
});

describe.each(arithmeticKinds)('%s', (kind) => {
  const items = arithmeticItems(kind, { count: DRAWS, distinct: false });

  test('has the right answer to each of 10,000 questions', () => {
    expect(items).toHaveLength(DRAWS);
    for (const { context, completion } of items) expect(completion).toBe(` ${evaluate(context)}`);
  });

  test('depends on seed and number alone', () => {
    expect(arithmeticItems(kind, { count: 50, distinct: false })).toEqual(items.slice(0, 50));
    expect(arithmeticItems(kind, { count: 50, seed: 1 })).not.toEqual(arithmeticItems(kind, { count: 50 }));
    expect(arithmeticItems(kind, { count: 50, seed: 0 })).toEqual(
      arithmeticItems(kind, { count: 80 }).slice(0, 50),
    );
  });

  test('asks nothing twice unless told to', () => {
    const contexts = arithmeticItems(kind, { count: 2000 }).map(({ context }) => context);
    expect(new Set(contexts).size).toBe(2000);
  });
});

describe.each(Object.keys(pairKinds) as PairKind[])('the operands of %s', (kind) => {
  const { digits } = pairKinds[kind];
  const items = arithmeticItems(kind, { count: DRAWS, distinct: false });

  test('cover their range evenly, each apart from the other', () => {
    const tenths = items.map((item) => numbers(item).map((x) => Math.floor(x / 10 ** (digits - 1))));
    for (const place of [0, 1]) {
      expectEven(
        tally(
          tenths.map((each) => each[place]),
          10,
        ),
      );
    }
    expectEven(
      tally(
        tenths.map(([a, b]) => 10 * a + b),
        100,
      ),
    );
  });
});

test.each(arithmeticKinds.filter((kind) => kind.endsWith('subtraction')))(
  'almost half of all answers of %s are negative',
  (kind) => {
    const items = arithmeticItems(kind, { count: DRAWS, distinct: false });
    const negative = share(items, ({ completion }) => completion.startsWith(' -'));
    const expected = (1 - 10 ** -pairKinds[kind as PairKind].digits) / 2; // all pairs but the equal ones
    expect(Math.abs(negative - expected)).toBeLessThan(0.02); // 4 sd
  },
);

describe.each(['released', 'paper'] as ThreeOpsForm[])('1DC as %s', (form) => {
  const items = arithmeticItems('single-digit-three-ops', { count: DRAWS, distinct: false, form });

  test('has its digits and all pairs of operators equally often, and the right answers', () => {
    const digits = items.map(numbers);
    const least = form === 'released' ? 1 : 0;
    for (const place of [0, 1, 2]) {
      expectEven(
        tally(
          digits.map((each) => each[place] - least),
          10 - least,
        ),
      );
    }
    const signs = items.map(
      ({ context }) => context.match(/[-+*]/g)?.map((sign) => '+-*'.indexOf(sign)) ?? [],
    );
    expectEven(
      tally(
        signs.map(([a, b]) => 3 * a + b),
        9,
      ),
    );
    for (const { context, completion } of items) expect(completion).toBe(` ${evaluate(context)}`);
  });

  test('can give every question there is', () => {
    const all = form === 'released' ? 9 ** 4 : 9 * 10 ** 3; // 9 pairs of operators
    const options = { form, count: all };
    const contexts = new Set(
      arithmeticItems('single-digit-three-ops', options).map(({ context }) => context),
    );
    expect(contexts.size).toBe(all);
    expect(() => arithmeticItems('single-digit-three-ops', { form, count: all + 1 })).toThrow(
      `count must be an integer from 0 to ${all}, the different questions of this kind, got ${all + 1}.`,
    );
  });
});

test('the first questions of seed 0', () => {
  const first = arithmeticKinds.map((kind) => {
    const [{ context, completion }] = arithmeticItems(kind, { count: 1 });
    return `${context.slice('\n\nQ: What is '.length, -'?\n\nA:'.length)} =${completion}`;
  });
  expect(first).toEqual([
    '52 plus 76 = 128',
    '88 minus 6 = 82',
    '889 plus 8 = 897',
    '620 minus 193 = 427',
    '8293 plus 4246 = 12539',
    '8473 minus 3762 = 4711',
    '5337 plus 74570 = 79907',
    '35181 minus 17366 = 17815',
    '15 times 56 = 840',
    '(3 * 4) + 4 = 16',
  ]); // pinned: a change moves published scores
});

test('prompts read as in the paper', () => {
  const examples = [arithmeticItem('two-digit-addition', [17, 25])];
  const { context } = arithmeticItem('two-digit-addition', [98, 45]);
  const prompt = fewShotPrompt({
    examples,
    query: context,
    k: 1,
    index: 0,
    delimiter: '',
    codec: bytes,
    nCtx: 100,
  });
  expect(prompt.text).toBe('\n\nQ: What is 17 plus 25?\n\nA: 42\n\nQ: What is 98 plus 45?\n\nA:');
});

test('what is not of the kind is refused', () => {
  expect(() => arithmeticItem('two-digit-addition', [100, 1])).toThrow(
    'operands[0] must be an integer from 0 to 99, got 100.',
  );
  expect(() => arithmeticItem('five-digit-addition', [1, -1])).toThrow(
    'operands[1] must be an integer from 0 to 99999',
  );
  expect(() => arithmeticItem('two-digit-addition', [0.5, 1])).toThrow('operands[0] must be an integer');
  expect(() => threeOpsItem([0, 1, 2], ['+', '+'])).toThrow(
    'digits[0] must be an integer from 1 to 9, got 0.',
  );
  for (const count of [-1, 1.5, Number.NaN, 10_001]) {
    expect(() => arithmeticItems('two-digit-addition', { count })).toThrow(
      'count must be an integer from 0 to 10000',
    );
  }
});
