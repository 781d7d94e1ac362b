/**
 * GPT-1's input transformations: structured examples become rows of tokens that one pre-trained model can read.
 *
 *     classification    start text extract
 *     entailment        start premise delimiter hypothesis extract
 *     similarity        start a delimiter b extract    and    start b delimiter a extract
 *     multiple choice   start context delimiter option extract    for each option
 *
 * Follows GPT-1 section 3.3 and Figure 1. Truncation and packing are those of `transform_roc` in
 * openai/finetune-transformer-lm `train.py`, the one form that was released: each side of a pair keeps its first
 * `floor(nCtx / 2) - 2` ids. A single text, by analogy, keeps its first `nCtx - 2`.
 */
import { InvalidArgumentError } from '@gpt-ts/core';

type Ids = ArrayLike<number>;

/** The length of a row and the three learned tokens that structure it. */
export interface RowFormat {
  /** Tokens per row; may be less than the model's. */
  nCtx: number;
  /** Id of the start token. */
  start: number;
  /** Id of the delimiter between the two sides of a pair. */
  delimiter: number;
  /** Id of the extract token, whose final hidden state goes to the task's head. */
  extract: number;
}

/** One example, ready for the model: K rows, padded on the right with id 0. */
export interface InputRows {
  /** K: 1, 2 for similarity, or the number of options. */
  readonly nRows: number;
  readonly nCtx: number;
  /** `[K, nCtx]`, row-major. */
  readonly tokens: Int32Array;
  /** `[K, nCtx]`, 1 from start to extract, 0 on padding. Weighs the language-model loss. */
  readonly mask: Float32Array;
  /** `[K]`, position of the extract token in each row. */
  readonly extractIndex: Int32Array;
}

/**
 * A text to classify: sentiment, grammaticality. One row.
 *
 * @throws {@link InvalidArgumentError} when `nCtx` is below 3.
 * @example
 * const format = { nCtx: 6, start: 7, delimiter: 8, extract: 9 };
 * classification({ text: [1, 2] }, format).tokens; // => Int32Array [7, 1, 2, 9, 0, 0]
 */
export function classification(example: { text: Ids }, format: RowFormat): InputRows {
  assertLength(format, 3);
  return pack([[format.start, ...head(example.text, format.nCtx - 2), format.extract]], format);
}

/**
 * A premise and a hypothesis that it may entail. One row.
 *
 * @throws {@link InvalidArgumentError} when `nCtx` is below 6.
 */
export function entailment(example: { premise: Ids; hypothesis: Ids }, format: RowFormat): InputRows {
  return pack([pair(example.premise, example.hypothesis, format)], format);
}

/**
 * Two texts without an order of their own. Two rows, one for each order; the head adds their extract states.
 *
 * @throws {@link InvalidArgumentError} when `nCtx` is below 6.
 */
export function similarity(example: { a: Ids; b: Ids }, format: RowFormat): InputRows {
  return pack([pair(example.a, example.b, format), pair(example.b, example.a, format)], format);
}

/**
 * A context and its possible continuations or answers. One row an option; the head gives each row one logit.
 *
 * A `question`, as in RACE, follows the context without a delimiter. When both are too long together, the context
 * gives way (our rule: the released code has no such task).
 *
 * @throws {@link InvalidArgumentError} when `nCtx` is below 6 or there are no options.
 */
export function multipleChoice(
  example: { context: Ids; question?: Ids; options: readonly Ids[] },
  format: RowFormat,
): InputRows {
  const { context, question = [], options } = example;
  if (options.length === 0) {
    throw new InvalidArgumentError({ argument: 'options', expected: 'a non-empty list', received: options });
  }
  const asked = [
    ...head(context, Math.max(0, sideLength(format) - question.length)),
    ...Array.from(question),
  ];
  return pack(
    options.map((option) => pair(asked, option, format)),
    format,
  );
}

function pair(first: Ids, second: Ids, format: RowFormat): number[] {
  const length = sideLength(format);
  return [format.start, ...head(first, length), format.delimiter, ...head(second, length), format.extract];
}

function sideLength(format: RowFormat): number {
  assertLength(format, 6); // one id a side
  return Math.floor(format.nCtx / 2) - 2;
}

function head(ids: Ids, length: number): number[] {
  return Array.from(ids).slice(0, length);
}

function pack(rows: readonly number[][], { nCtx }: RowFormat): InputRows {
  const tokens = new Int32Array(rows.length * nCtx);
  const mask = new Float32Array(rows.length * nCtx);
  rows.forEach((row, k) => {
    tokens.set(row, k * nCtx);
    mask.fill(1, k * nCtx, k * nCtx + row.length);
  });
  const extractIndex = Int32Array.from(rows, (row) => row.length - 1);
  return { nRows: rows.length, nCtx, tokens, mask, extractIndex };
}

function assertLength({ nCtx }: RowFormat, least: number): void {
  if (!Number.isSafeInteger(nCtx) || nCtx < least) {
    throw new InvalidArgumentError({
      argument: 'nCtx',
      expected: `an integer of at least ${least}`,
      received: nCtx,
    });
  }
}
