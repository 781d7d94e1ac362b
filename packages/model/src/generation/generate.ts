/** Writing: one token after another, each drawn from the model's prediction and fed back. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { GPT } from '../gpt.js';
import { assertRoom } from './assert-room.js';
import { type DrawableOptions, drawableIds } from './drawable.js';
import { logSumExp, type TokenLogProb, topLogProbs } from './log-probability.js';
import { checkSampleOptions, type SampleOptions } from './sample.js';
import { seamOf } from './seam.js';
import { type ReadingOptions, TextRows } from './text-rows.js';
import { drawsOf, type WrittenToken, writeTexts } from './write-texts.js';
import { type Ending, WrittenText } from './written-text.js';

/** Options of {@link generate}. */
export interface GenerateOptions extends SampleOptions, ReadingOptions, DrawableOptions {
  /** How many tokens each text gets at most. */
  maxNewTokens: number;
  /** Texts per prompt. The prompt is read once for all of them. Default 1. */
  samples?: number;
  /**
   * Seed for the draws. The same seed, weights and prompt give the same ids, whatever else is written beside them: draws
   * depend on the seed and the number of the sample. Default 0, and 0 counts.
   */
  seed?: number;
  /** Ends a text; its last id. */
  eotId?: number;
  /** Sequences of ids that end a text once it has written one; its last ids. */
  stop?: readonly (readonly number[])[];
  /** Strings that end a text once it contains one, also in the middle of a token. They need `decode`. */
  stopStrings?: readonly string[];
  /**
   * The text of ids, U+FFFD for bytes that are no character. With it, events carry text, which goes on where the prompt's last
   * id ends: where `decode` puts spaces between words, the text begins with one.
   */
  decode?: (ids: readonly number[]) => string;
  /** With `decode`: the text of each prompt. One that ends in white space of which its ids know nothing gets no other. */
  promptTexts?: readonly string[];
  /** How many of the likeliest ids to report with each token, of those that may be drawn. Default 0. */
  topLogProbs?: number;
  /** Stops between two tokens; the iteration then throws the signal's reason. */
  signal?: AbortSignal;
}

/** A token was drawn. */
export interface TokenEvent extends TokenLogProb {
  type: 'token';
  /** Which of the prompts, from 0. */
  prompt: number;
  /** Which text of that prompt, from 0. */
  sample: number;
  id: number;
  /** log p(id) in nats as the model has it, over all its ids, before penalty, temperature and filters. */
  logProb: number;
  /** With `topLogProbs`: the likeliest ids, best first. */
  top?: TokenLogProb[];
  /** With `decode`: the text that has become certain, whole characters that are part of no stop string; often one token's. */
  text?: string;
}

/** A text is over. */
export interface EndEvent extends Ending {
  type: 'end';
  prompt: number;
  sample: number;
  /** All new ids, including those that ended the text. */
  ids: number[];
  /** With `decode`: the text before `eotId` or the stop string. A stop sequence of ids is part of it. */
  text?: string;
}

/** What {@link generate} reports. */
export type GenerateEvent = TokenEvent | EndEvent;

/**
 * Continues prompts, side by side: a batch costs little more than one text, because every weight is read once for all.
 *
 * When prompt and text outgrow the context, the model sees the last `nCtx` ids, counted from position 0; see `slideBy`.
 * Leaving the iteration early frees everything. Everything is checked when it is called, before the first event is asked for.
 *
 * @param prompts - One or more ids each; lengths may differ.
 * @returns What happens, as it happens: tokens, and an end for each text. With several texts, their tokens alternate.
 * @throws TokenRangeError for a prompt outside the vocabulary, InvalidArgumentError for impossible options.
 * @throws TooManyTextsError when prompts times samples do not fit into memory, with how many do.
 * @example
 * for await (const event of generate(model, [[1, 2]], { maxNewTokens: 3 })) {
 *   if (event.type === 'end') console.log(event.ids);
 * }
 */
export function generate(
  model: GPT,
  prompts: readonly ArrayLike<number>[],
  options: GenerateOptions,
): AsyncGenerator<GenerateEvent, void, undefined> {
  checkGenerateOptions(options, prompts.length);
  const nDrawable = drawableIds(model, options);
  const { maxNewTokens, samples = 1, seed = 0, decode, promptTexts } = options;
  const room = prompts.reduce((longest, { length }) => Math.max(longest, length), 0) + maxNewTokens;
  const rows = new TextRows(model, prompts, room, options); // takes no memory of the backend yet
  assertRoom(model, prompts.length * samples, room, options);
  const texts = prompts.flatMap((ids, prompt) => {
    const before = decode && seamOf(ids, decode, nDrawable, promptTexts?.[prompt]);
    return Array.from(
      { length: samples },
      (_, sample) => new WrittenText(prompt, sample, drawsOf(seed, sample), options, before),
    );
  });
  return events(rows, texts, nDrawable, options);
}

async function* events(
  rows: TextRows,
  texts: readonly WrittenText[],
  nDrawable: number,
  options: GenerateOptions,
): AsyncGenerator<GenerateEvent, void, undefined> {
  const { maxNewTokens, decode, signal } = options;
  if (maxNewTokens === 0) {
    for (const text of texts) yield endEvent(text, { reason: 'length' }, decode !== undefined);
    return;
  }
  for await (const written of writeTexts(rows, texts, nDrawable, signal)) {
    yield tokenEvent(written, options);
    if (written.ending) yield endEvent(written.text, written.ending, decode !== undefined);
  }
}

function tokenEvent(
  { text: { prompt, sample }, id, logits, drawable, certain }: WrittenToken,
  { topLogProbs: n = 0, decode }: GenerateOptions,
): TokenEvent {
  const total = logSumExp(logits);
  return {
    ...{ type: 'token', prompt, sample, id, logProb: logits[id] - total },
    ...(n > 0 && { top: topLogProbs(drawable, n, total) }),
    ...(decode && { text: certain }),
  };
}

function endEvent(text: WrittenText, ending: Ending, withText: boolean): EndEvent {
  text.finish(ending);
  const { prompt, sample, ids } = text;
  return { type: 'end', prompt, sample, ids, ...ending, ...(withText && { text: text.text }) };
}

function checkGenerateOptions(options: GenerateOptions, prompts: number): void {
  checkSampleOptions(options);
  const { maxNewTokens, samples = 1, topLogProbs = 0, stop = [], stopStrings = [] } = options;
  const { decode, promptTexts } = options;
  const check = (valid: boolean, argument: keyof GenerateOptions, expected: string): void => {
    if (!valid) throw new InvalidArgumentError({ argument, expected, received: options[argument] });
  };
  check(Number.isSafeInteger(maxNewTokens) && maxNewTokens >= 0, 'maxNewTokens', 'a whole number of tokens');
  check(Number.isSafeInteger(samples) && samples >= 1, 'samples', 'a positive integer');
  check(Number.isSafeInteger(topLogProbs) && topLogProbs >= 0, 'topLogProbs', 'a whole number of ids');
  check(
    stop.every(({ length }) => length > 0),
    'stop',
    'sequences of one or more ids',
  );
  check(
    stopStrings.every((each) => each !== ''),
    'stopStrings',
    'strings of one or more characters',
  );
  check(stopStrings.length === 0 || decode !== undefined, 'decode', 'given when there are stopStrings');
  check(
    promptTexts === undefined || promptTexts.length === prompts,
    'promptTexts',
    `a text for each of the ${prompts} prompts`,
  );
}
