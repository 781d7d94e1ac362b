/** One beam search: its live texts, those that are finished, and when nothing better can come. */
import { logSumExp, topLogProbs } from './log-probability.js';

/** A text that beam search found. */
export interface Hypothesis {
  /** The new ids, with those that end the text. */
  ids: number[];
  /** log p(ids | prompt), in nats, as the model has it, over all its ids. */
  logProb: number;
  /** `logProb / ((5 + ids.length) / 6) ** alpha`: what texts are ranked by. */
  score: number;
  /** Whether `eotId`, a stop sequence or a stop string ended it; if not, it is cut at `maxNewTokens`. */
  finished: boolean;
  /** With `decode`: the text that continues the prompt's, without `eotId`, and before a stop string. */
  text?: string;
}

/** What a {@link Beam} looks for. */
export interface BeamOptions {
  maxNewTokens: number;
  width: number;
  alpha: number;
  results: number;
  /** Only ids below this are written. */
  nDrawable: number;
  /** Whether a text is over with its last id. */
  ends(ids: readonly number[]): boolean;
}

/** The state of a search. */
export class Beam {
  readonly #options: BeamOptions;
  readonly #done: Hypothesis[] = [];
  #live: { ids: number[]; logProb: number }[] = [{ ids: [], logProb: 0 }];
  #length = 0;

  constructor(options: BeamOptions) {
    this.#options = options;
  }

  /** How many texts are live: none once the search is over, at first one. */
  get rows(): number {
    const { maxNewTokens, results } = this.#options;
    if (this.#live.length === 0 || this.#length === maxNewTokens) return 0;
    // A live text only loses probability, and is divided by the most at the greatest length.
    const bound = this.#score(this.#live[0].logProb, maxNewTokens);
    return this.#done.filter(({ score }) => score >= bound).length >= results ? 0 : this.#live.length;
  }

  /**
   * One more token: the best `2 width` of all continuations are looked at.
   *
   * @param logits - Of what comes after each live text.
   * @returns The texts that live on, best first: which live text each was, and what it got.
   */
  grow(logits: readonly Float32Array[]): { row: number; id: number }[] {
    const { width, nDrawable, ends } = this.#options;
    this.#length++;
    const front = this.#live
      .flatMap(({ ids, logProb }, row) =>
        topLogProbs(logits[row].subarray(0, nDrawable), 2 * width, logSumExp(logits[row])).map((next) => ({
          ...{ row, ids, id: next.id },
          logProb: logProb + next.logProb,
        })),
      )
      .sort((a, b) => b.logProb - a.logProb)
      .slice(0, 2 * width)
      .map(({ row, ids, id, logProb }) => ({ row, id, ids: [...ids, id], logProb }));
    const going: typeof front = [];
    for (const candidate of front) {
      const { ids, logProb } = candidate;
      if (ends(ids)) this.#done.push(this.#hypothesis(ids, logProb, true));
      else if (going.length < width) going.push(candidate);
    }
    this.#live = going.map(({ ids, logProb }) => ({ ids, logProb }));
    return going.map(({ row, id }) => ({ row, id }));
  }

  /** The best by score, of equals those found first: of the finished ones and, at the last length, the live. */
  get found(): Hypothesis[] {
    const { maxNewTokens, results } = this.#options;
    const cut = this.#length === maxNewTokens ? this.#live : [];
    return [...this.#done, ...cut.map(({ ids, logProb }) => this.#hypothesis(ids, logProb, false))]
      .sort((a, b) => b.score - a.score)
      .slice(0, results);
  }

  #hypothesis(ids: number[], logProb: number, finished: boolean): Hypothesis {
    return { ids, logProb, score: this.#score(logProb, ids.length), finished };
  }

  #score(logProb: number, length: number): number {
    return logProb / ((5 + length) / 6) ** this.#options.alpha;
  }
}
