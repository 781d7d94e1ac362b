/**
 * GPT-3's questions of arithmetic, word for word as in the files that OpenAI released.
 *
 * Contexts begin with their blank line, so prompts join them without a delimiter: `fewShotPrompt({ delimiter: '', ... })`.
 *
 * @see GPT-3 section 3.9.1 and Figures G.42 to G.51; github.com/openai/gpt-3, `data`.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Shot } from '../few-shot-prompt.js';

/** The words between two numbers. */
export type PairOperation = 'plus' | 'minus' | 'times';

/** The name of a kind of question about two numbers. */
export type PairKind =
  | 'two-digit-addition'
  | 'two-digit-subtraction'
  | 'three-digit-addition'
  | 'three-digit-subtraction'
  | 'four-digit-addition'
  | 'four-digit-subtraction'
  | 'five-digit-addition'
  | 'five-digit-subtraction'
  | 'two-digit-multiplication';

/** What a kind asks. */
export interface PairQuestion {
  /** In GPT-3's tables. */
  readonly code: string;
  /** At most, of each number. */
  readonly digits: number;
  readonly operation: PairOperation;
}

/** The kinds of question about two numbers. */
export const pairKinds: Readonly<Record<PairKind, PairQuestion>> = {
  'two-digit-addition': { code: '2D+', digits: 2, operation: 'plus' },
  'two-digit-subtraction': { code: '2D-', digits: 2, operation: 'minus' },
  'three-digit-addition': { code: '3D+', digits: 3, operation: 'plus' },
  'three-digit-subtraction': { code: '3D-', digits: 3, operation: 'minus' },
  'four-digit-addition': { code: '4D+', digits: 4, operation: 'plus' },
  'four-digit-subtraction': { code: '4D-', digits: 4, operation: 'minus' },
  'five-digit-addition': { code: '5D+', digits: 5, operation: 'plus' },
  'five-digit-subtraction': { code: '5D-', digits: 5, operation: 'minus' },
  'two-digit-multiplication': { code: '2Dx', digits: 2, operation: 'times' },
};

/**
 * A question about two numbers and its answer.
 *
 * @param operands - From 0 to 99 for two digits, and so on: shorter numbers are among them.
 * @throws InvalidArgumentError when an operand has more digits, or is no integer from 0.
 * @example
 * arithmeticItem('two-digit-addition', [98, 45]);
 * // => { context: '\n\nQ: What is 98 plus 45?\n\nA:', completion: ' 143' }
 */
export function arithmeticItem(kind: PairKind, operands: readonly [number, number]): Shot {
  const { digits, operation } = pairKinds[kind];
  for (const [i, operand] of operands.entries())
    assertBetween(`operands[${i}]`, operand, 0, 10 ** digits - 1);
  const [a, b] = operands;
  const answer = operation === 'plus' ? a + b : operation === 'minus' ? a - b : a * b;
  return question(`${a} ${operation} ${b}`, answer);
}

/** `What is ...?`, and its answer after a space. */
export function question(expression: string, answer: number): Shot {
  return { context: `\n\nQ: What is ${expression}?\n\nA:`, completion: ` ${answer}` };
}

export function assertBetween(argument: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new InvalidArgumentError({
    argument,
    expected: `an integer from ${least} to ${most}`,
    received: value,
  });
}
