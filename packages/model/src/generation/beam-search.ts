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
import { type DrawableOptions, drawableIds } from './drawable.js';
import { logSumExp, topLogProbs } from './log-probability.js';
import { seamOf } from './seam.js';
import { type ReadingOptions, TextRows } from './text-rows.js';

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
  /** The text of ids, as in {@link generate}. With it, texts are given as text, too. */
  decode?: (ids: readonly number[]) => string;
  /** With `decode`: the text of the prompt, as in {@link generate}. */
  promptText?: string;
  /** Stops between two tokens; the search then throws the signal's reason. */
  signal?: AbortSignal;
}

/** A text that beam search found. */
export interface Hypothesis {
  /** The new ids, with `eotId` where it ends the text. */
  ids: number[];
  /** log p(ids | prompt), in nats, as the model has it, over all its ids. */
  logProb: number;
  /** `logProb / ((5 + ids.length) / 6) ** alpha`: what texts are ranked by. */
  score: number;
  /** Whether `eotId` ended it; if not, it is cut at `maxNewTokens`. */
  finished: boolean;
  /** With `decode`: the text that continues the prompt's, without `eotId`. */
  text?: string;
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
  checkBeamSearchOptions(options);
  const nDrawable = drawableIds(model, options);
  const { maxNewTokens, width = 4, alpha = 0.6, results = width, eotId, signal } = options;
  const scoreOf = (logProb: number, length: number) => logProb / ((5 + length) / 6) ** alpha;
  const room = prompt.length + maxNewTokens;
  using rows = new TextRows(model, [prompt], room, options);
  assertRoom(model, width, room, options);
  const shown = (found: readonly Hypothesis[]) => withText(best(found, results), prompt, nDrawable, options);
  const done: Hypothesis[] = [];
  let live: { ids: number[]; logProb: number }[] = [{ ids: [], logProb: 0 }];
  for (let n = 1; n <= maxNewTokens && live.length > 0; n++) {
    signal?.throwIfAborted();
    const logits = await rows.next();
    await new Promise((resolve) => setTimeout(resolve)); // lets signals and timers in
    const front = live
      .flatMap(({ logProb }, row) =>
        topLogProbs(logits[row].subarray(0, nDrawable), 2 * width, logSumExp(logits[row])).map((next) => ({
          row,
          id: next.id,
          logProb: logProb + next.logProb,
        })),
      )
      .sort((a, b) => b.logProb - a.logProb)
      .slice(0, 2 * width);
    const going: typeof front = [];
    for (const candidate of front) {
      const { row, id, logProb } = candidate;
      if (id === eotId) {
        done.push({ ids: [...live[row].ids, id], logProb, score: scoreOf(logProb, n), finished: true });
      } else if (going.length < width) going.push(candidate);
    }
    live = going.map(({ row, id, logProb }) => ({ ids: [...live[row].ids, id], logProb }));
    // A live text only loses probability, and is divided by the most at the greatest length.
    const bound = live.length > 0 ? scoreOf(live[0].logProb, maxNewTokens) : Number.NEGATIVE_INFINITY;
    if (done.filter(({ score }) => score >= bound).length >= results) return shown(done);
    rows.advance(
      going.map(({ row }) => row),
      going.map(({ id }) => id),
    );
  }
  const cut = live.map((each) => ({
    ...each,
    score: scoreOf(each.logProb, maxNewTokens),
    finished: false,
  }));
  return shown([...done, ...cut]);
}

/** The best by score; of equals, those found first. */
function best(hypotheses: readonly Hypothesis[], results: number): Hypothesis[] {
  return [...hypotheses].sort((a, b) => b.score - a.score).slice(0, results);
}

function withText(
  found: Hypothesis[],
  prompt: ArrayLike<number>,
  nDrawable: number,
  { decode, promptText, eotId }: BeamSearchOptions,
): Hypothesis[] {
  if (!decode) return found;
  const before = seamOf(prompt, decode, nDrawable, promptText);
  return found.map((each) => {
    const stream = new TextStream(decode, before);
    const pieces = each.ids.filter((id) => id !== eotId).map((id) => stream.push(id));
    return { ...each, text: pieces.join('') + stream.end() };
  });
}

function checkBeamSearchOptions(options: BeamSearchOptions): void {
  const { maxNewTokens, width = 4, alpha = 0.6, results = width } = options;
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
}
