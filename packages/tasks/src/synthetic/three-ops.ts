/** GPT-3's questions about three digits and two operators (1DC). What the paper says and what OpenAI released differ. */
import type { Shot } from '../few-shot-prompt.js';
import { assertBetween, question } from './arithmetic.js';

/** The signs between digits. */
export type Sign = '+' | '-' | '*';

/**
 * `'released'`: `(9 + 8) * 2`, digits 1 to 9, as in the released file and the paper's Figure G.42. `'paper'`: `6+(4*8)`, digits
 * 0 to 9, as in the text of section 3.9.1.
 */
export type ThreeOpsForm = 'released' | 'paper';

/** The digits of a form. */
export const threeOpsDigits: Readonly<Record<ThreeOpsForm, { least: number; most: number }>> = {
  released: { least: 1, most: 9 },
  paper: { least: 0, most: 9 },
};

/**
 * A question about three digits and its answer.
 *
 * @throws InvalidArgumentError when a digit is not one of the form's.
 * @example
 * threeOpsItem([9, 8, 2], ['+', '*']);
 * // => { context: '\n\nQ: What is (9 + 8) * 2?\n\nA:', completion: ' 34' }
 */
export function threeOpsItem(
  digits: readonly [number, number, number],
  signs: readonly [Sign, Sign],
  form: ThreeOpsForm = 'released',
): Shot {
  const { least, most } = threeOpsDigits[form];
  for (const [i, digit] of digits.entries()) assertBetween(`digits[${i}]`, digit, least, most);
  const [a, b, c] = digits;
  const [first, second] = signs;
  if (form === 'paper') {
    return question(`${a}${first}(${b}${second}${c})`, apply(a, first, apply(b, second, c)));
  }
  return question(`(${a} ${first} ${b}) ${second} ${c}`, apply(apply(a, first, b), second, c));
}

function apply(a: number, sign: Sign, b: number): number {
  return sign === '+' ? a + b : sign === '-' ? a - b : a * b;
}
