/**
 * What tasks need of a language model, in token ids and log-probabilities.
 *
 * Tasks see models only through this interface, so anything that can score and continue ids can be evaluated:
 * our GPTs, a dummy in a test, a remote endpoint. All log-probabilities are natural logarithms.
 */
import { InvalidArgumentError } from './errors/invalid-argument-error.js';

/** Score `continuation` given `context`. */
export interface ContinuationRequest {
  /** Ids that come first; at least one. */
  context: ArrayLike<number>;
  /** Ids whose probability is asked for; from one to `nCtx`. */
  continuation: ArrayLike<number>;
}

/** The answer to a {@link ContinuationRequest}. */
export interface ContinuationScore {
  /** Sum of log p(id | everything before it) over the continuation, in nats (negative). All ids share the probability. */
  logProb: number;
  /**
   * Whether each id of the continuation was the likeliest one at its place, the lowest id where several tie; of those that the
   * model writes, where it does not write all.
   */
  isGreedy: boolean;
}

/** How text is written. */
export type Decoding =
  /** The likeliest token, each time; the lowest id where several tie. */
  | { kind: 'greedy' }
  /** A draw among the `topK` likeliest, by seed and by the number of the text; default: its place among those asked together. */
  | { kind: 'sample'; topK: number; seed: number; text?: number }
  /** The best of `width` texts kept side by side, by log p / ((5 + length) / 6) ** lengthPenalty; and more of them, for `results` > 1. */
  | { kind: 'beam'; width: number; lengthPenalty: number; results?: number };

/** Continue `context` until a stop or the length limit. */
export interface GenerateRequest {
  /** Ids to continue, at least one; the model sees the last `nCtx`. */
  context: ArrayLike<number>;
  maxNewTokens: number;
  /** Id sequences that end the text once it has written one; the one met is not part of the answer. */
  stop?: readonly (readonly number[])[];
  /** Strings that end the text once it contains one, also in the middle of a token. Only models that know their text take them. */
  stopStrings?: readonly string[];
  /** Default: greedy. */
  decoding?: Decoding;
}

/** The answer to a {@link GenerateRequest}. */
export interface Generated {
  /** The new ids, without the stop sequence; a stop string is part of them, and maybe the rest of its last token. */
  ids: number[];
  /** Of a beam search that was asked for several results: the others, best first. */
  others?: number[][];
}

/** A language model that can be evaluated. */
export interface LanguageModel {
  /** Longest input, in tokens. */
  readonly nCtx: number;
  /** Ids run from 0 to `nVocab - 1`. */
  readonly nVocab: number;
  /**
   * Log-likelihood of each continuation given its context.
   *
   * When both together exceed `nCtx + 1` tokens, the oldest tokens of the context are left out. The answers come in the
   * order of the requests, and none depends on what else is asked.
   *
   * @throws {@link InvalidArgumentError} when a context or a continuation has no ids.
   * @throws {@link ContextOverflowError} when a continuation has more than `nCtx` ids.
   * @throws {@link TokenRangeError} at an id outside the vocabulary.
   */
  logLikelihood(requests: readonly ContinuationRequest[]): Promise<ContinuationScore[]>;
  /**
   * Log-probability of every token of a text of any length, each predicted exactly once.
   *
   * With `nCtx` = 4 and ids a b c d e f g, the windows are
   *
   *     stride 4:   a b c d      predicts  b c d e
   *                     c d e f  predicts          f g
   *
   *     stride 1:   a b c d      predicts  b c d e
   *                   b c d e    predicts          f
   *                     c d e f  predicts            g
   *
   * The first id has nothing before it and is never predicted; the last is never fed.
   *
   * @param stride - New tokens scored per window, from 1 (most context, slowest) to `nCtx` (default, fastest).
   * @returns `ids.length - 1` values, in nats: entry i is log p(ids[i + 1] | the ids before it in its window).
   */
  rollingLogLikelihood(ids: ArrayLike<number>, options?: { stride?: number }): Promise<Float64Array>;
  /**
   * Continues each context. The answers come in the order of the requests.
   *
   * @throws {@link InvalidArgumentError} when a context has no ids, or stop strings are given to a model that knows no text.
   */
  generateUntil(requests: readonly GenerateRequest[]): Promise<Generated[]>;
}

/** One window of a rolling log-likelihood: feed `ids[begin, end)`, score the predictions of the last `count`. */
export interface RollingWindow {
  begin: number;
  end: number;
  count: number;
}

/**
 * The windows that score every token of a text exactly once, save the first, which nothing predicts.
 *
 * @param length - Number of ids in the text.
 * @param nCtx - Longest window, in tokens.
 * @param stride - New tokens scored per window after the first, from 1 to `nCtx`.
 * @throws {@link InvalidArgumentError} when `nCtx` or `stride` is out of range.
 * @example
 * rollingWindows(8, 4, 4);
 * // => [{ begin: 0, end: 4, count: 4 }, { begin: 3, end: 7, count: 3 }]
 */
export function rollingWindows(length: number, nCtx: number, stride: number): RollingWindow[] {
  if (!Number.isSafeInteger(nCtx) || nCtx < 1) {
    throw new InvalidArgumentError({ argument: 'nCtx', expected: 'a positive integer', received: nCtx });
  }
  if (!Number.isSafeInteger(stride) || stride < 1 || stride > nCtx) {
    const expected = `an integer from 1 to nCtx (${nCtx})`;
    throw new InvalidArgumentError({ argument: 'stride', expected, received: stride });
  }
  const windows: RollingWindow[] = [];
  const last = length - 1; // the final id is predicted but never fed
  for (let scored = 0; scored < last; ) {
    const end = Math.min(scored + (scored === 0 ? nCtx : stride), last);
    windows.push({ begin: Math.max(0, end - nCtx), end, count: end - scored });
    scored = end;
  }
  return windows;
}
