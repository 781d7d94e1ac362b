/**
 * Beam search: the likeliest texts, as far as keeping a few at a time finds them.
 *
 * At each length every live text is extended by every id, and the best `2 width` of all are looked at: those that end are
 * finished, with the score `logProb / ((5 + length) / 6) ** alpha`; the best `width` of the others live on. At the last
 * length the live ones join the finished.
 *
 * @see GPT-3 section 2.4, which uses width 4 and alpha 0.6; Wu et al. 2016 section 7, equation 14, for the score.
 */
import { InvalidArgumentError, TextStream } from '@gpt-ts/core';
import type { GPT } from '../gpt.js';
import { assertRoom } from './assert-room.js';
import { Beam, type BeamOptions, type Hypothesis } from './beam.js';
import { breather } from './breath.js';
import { type DrawableOptions, drawableIds } from './drawable.js';
import { endsWith } from './ends-with.js';
import { seamOf } from './seam.js';
import { StopStrings } from './stop-strings.js';
import { assertTexts, type ReadingOptions, TextRows } from './text-rows.js';

const WIDTH = 4;

/** Options of {@link beamSearch}. */
export interface BeamSearchOptions extends ReadingOptions, DrawableOptions {
  /** How many tokens to write at most. */
  maxNewTokens: number;
  /** Texts that live side by side. Default 4. */
  width?: number;
  /** The larger, the less short texts are preferred; 0 compares log-probabilities as they are. Default 0.6. */
  alpha?: number;
  /** How many texts to return, `width` at most. Default `width`. */
  results?: number;
  /** Ends a text; its last id. */
  eotId?: number;
  /** Sequences of ids that end a text once it has written one; its last ids. */
  stop?: readonly (readonly number[])[];
  /** Strings that end a text once it contains one, also in the middle of a token. They need `decode`. */
  stopStrings?: readonly string[];
  /** The text of ids, as in {@link generate}. With it, texts are given as text, too. */
  decode?: (ids: readonly number[]) => string;
  /** With `decode`: the text of the prompt, as in {@link generate}. */
  promptText?: string;
  /** Stops between two tokens; the search then throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * The best continuations of a prompt, best first.
 *
 * The prompt is read once. The search ends early where nothing it could still find would change the result.
 *
 * @param prompt - One or more ids.
 * @throws TokenRangeError for a prompt outside the vocabulary, InvalidArgumentError for impossible options.
 * @throws TooManyTextsError when `width` texts do not fit into memory, with how many do.
 * @example
 * const [best] = await beamSearch(model, [1, 2], { maxNewTokens: 20, width: 4, eotId: 0 });
 */
export async function beamSearch(
  model: GPT,
  prompt: ArrayLike<number>,
  options: BeamSearchOptions,
): Promise<Hypothesis[]> {
  const [found] = await searchSideBySide(model, [{ prompt, options }], options);
  return found;
}

/** One of several searches. */
export interface Search {
  prompt: ArrayLike<number>;
  options: BeamSearchOptions;
}

/**
 * Several searches at a time, each with its options; the answers come in their order. All live texts are read together.
 *
 * @throws What {@link beamSearch} throws.
 */
export async function searchSideBySide(
  model: GPT,
  searches: readonly Search[],
  reading: ReadingOptions & Pick<BeamSearchOptions, 'signal'>,
): Promise<Hypothesis[][]> {
  for (const { options } of searches) checkBeamSearchOptions(options);
  assertTexts(
    model,
    searches.map(({ prompt }) => prompt),
    'prompt',
  );
  const beams = searches.map((search) => new Beam(beamOptions(model, search)));
  let live = [...beams.keys()].filter((i) => beams[i].rows > 0);
  const prompts = live.map((i) => searches[i].prompt);
  const room = live.reduce((most, i) => Math.max(most, roomOf(searches[i])), 0);
  using rows = new TextRows(model, prompts, room, reading);
  assertRoom(
    model,
    live.reduce((sum, i) => sum + (searches[i].options.width ?? WIDTH), 0),
    room,
    reading,
  );
  const breathe = breather();
  while (live.length > 0) {
    reading.signal?.throwIfAborted();
    const logits = await rows.next();
    await breathe();
    const next: { row: number; id: number }[] = [];
    let first = 0;
    for (const beam of live.map((i) => beams[i])) {
      const held = beam.rows;
      const grown = beam.grow(logits.slice(first, first + held));
      if (beam.rows > 0) next.push(...grown.map(({ row, id }) => ({ row: first + row, id })));
      first += held;
    }
    live = live.filter((i) => beams[i].rows > 0);
    rows.advance(
      next.map(({ row }) => row),
      next.map(({ id }) => id),
    );
  }
  return beams.map(({ found }, i) => withText(model, found, searches[i]));
}

function roomOf({ prompt, options }: Search): number {
  return prompt.length + options.maxNewTokens;
}

function beamOptions(model: GPT, search: Search): BeamOptions {
  const { maxNewTokens, width = WIDTH, alpha = 0.6, results = width, eotId, stop = [] } = search.options;
  const { stopStrings = [] } = search.options;
  const nDrawable = drawableIds(model, search.options);
  const textOf = stopStrings.length > 0 ? textAfter(search, nDrawable) : undefined;
  const ends = (ids: readonly number[]): boolean =>
    ids.at(-1) === eotId || stop.some((each) => endsWith(ids, each)) || textOf?.(ids).met !== undefined;
  return { maxNewTokens, width, alpha, results, nDrawable, ends };
}

function withText(model: GPT, found: Hypothesis[], search: Search): Hypothesis[] {
  const textOf = textAfter(search, drawableIds(model, search.options));
  return textOf ? found.map((each) => ({ ...each, text: textOf(each.ids).text })) : found;
}

/** With `decode`: what a text says before `eotId` or a stop string, and the stop string that it contains. */
function textAfter(
  { prompt, options }: Search,
  nDrawable: number,
): ((ids: readonly number[]) => { text: string; met?: string }) | undefined {
  const { decode, promptText, eotId, stopStrings = [] } = options;
  if (!decode) return undefined;
  const before = seamOf(prompt, decode, nDrawable, promptText);
  return (ids) => {
    const stream = new TextStream(decode, before);
    const stops = new StopStrings(stopStrings);
    const pieces = ids.filter((id) => id !== eotId).map((id) => stream.push(id));
    const { text, met } = stops.push(pieces.join('') + stream.end());
    return met === undefined ? { text: text + stops.end() } : { text, met };
  };
}

/** Throws InvalidArgumentError unless the options make sense. */
export function checkBeamSearchOptions(options: BeamSearchOptions): void {
  const { maxNewTokens, width = WIDTH, alpha = 0.6, results = width } = options;
  const { stop = [], stopStrings = [], decode } = options;
  const check = (valid: boolean, argument: keyof BeamSearchOptions, expected: string): void => {
    if (!valid) throw new InvalidArgumentError({ argument, expected, received: options[argument] });
  };
  check(Number.isSafeInteger(maxNewTokens) && maxNewTokens >= 0, 'maxNewTokens', 'a whole number of tokens');
  check(Number.isSafeInteger(width) && width >= 1, 'width', 'a positive integer');
  check(Number.isFinite(alpha) && alpha >= 0, 'alpha', '0 or more');
  check(
    Number.isInteger(results) && results >= 1 && results <= width,
    'results',
    `an integer from 1 to width (${width})`,
  );
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
}
