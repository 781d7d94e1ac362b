/**
 * In-context learning: a prompt that describes a task and shows it done K times before asking (GPT-3 sections 1
 * and 2.4, Figure 2.1).
 */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import type { TextCodec } from './text-codec.js';

/** A solved item; the prompt shows `context + completion`. */
export interface Shot {
  context: string;
  /** With its leading space, if it has one: `' 143'` after `'A:'`. */
  completion: string;
}

/** What to show before an item is asked. */
export interface DrawOptions {
  /** The solved items to draw from. */
  examples: readonly Shot[];
  /** K, the examples to show: 0 is zero-shot, 1 is one-shot. GPT-3 used 10 to 100. */
  k: number;
  /** The task in words, at the top. Default: none. */
  description?: string;
  /** Stands between the parts. Default a blank line, `'\n\n'`. */
  delimiter?: string;
  /** Seed of the draws. Default 0, and 0 counts. */
  seed?: number;
  /** Number of the item; each has a draw of its own. The same number for all items fixes the draw. */
  index: number;
  /** Index in `examples` of the item itself, or of all that would tell its answer: never shown. Default: none is among them. */
  exclude?: number | readonly number[];
}

/** What to ask, what to show, and how much room there is. */
export interface FewShotOptions extends DrawOptions {
  /** The context of the item asked about; the prompt ends with it. */
  query: string;
  /** Counts tokens. */
  codec: TextCodec;
  /** Longest input of the model, in tokens. */
  nCtx: number;
  /** Tokens of `nCtx` to leave for the answer. Default 0. */
  reserveTokens?: number;
}

/** A prompt and what went into it. */
export interface FewShotPrompt {
  text: string;
  /** Tokens of `text`. */
  tokens: number;
  /** Indices of the examples shown, in order. Fewer than `k` when `examples` or `nCtx` does not hold more. */
  shots: number[];
}

/**
 * Builds the prompt for one item.
 *
 * The draw depends on `seed` and `index` alone, so items can be asked in any order, and a smaller K shows the first
 * examples of a larger one.
 *
 * @throws {@link InvalidArgumentError} when `k` is not a count, or the prompt exceeds `nCtx` without any example.
 */
export function fewShotPrompt(options: FewShotOptions): FewShotPrompt {
  const { query, codec, nCtx, reserveTokens = 0 } = options;
  const count = (prefix: string) => codec.encode(prefix + query).length;
  const { prefix, shots } = fewShotPrefix(options, (some) => count(some) + reserveTokens <= nCtx);
  const tokens = count(prefix);
  if (tokens + reserveTokens <= nCtx) return { text: prefix + query, tokens, shots };
  throw new InvalidArgumentError({
    argument: 'query',
    expected: `at most ${nCtx - reserveTokens} tokens with its description`,
    received: tokens,
    hint: 'Shorten them, or use a model with a larger nCtx.',
  });
}

/** What comes before a query: the text up to it, and the indices of the examples shown, in order. */
export interface FewShotPrefix {
  prefix: string;
  shots: number[];
}

/**
 * As many of K examples as fit, and the description in any case.
 *
 * @param fits - Whether there is room for such a prefix.
 * @throws {@link InvalidArgumentError} when `k` is not a count.
 */
export function fewShotPrefix(options: DrawOptions, fits: (prefix: string) => boolean): FewShotPrefix {
  const { examples, k, description, delimiter = '\n\n' } = options;
  if (!Number.isSafeInteger(k) || k < 0) {
    throw new InvalidArgumentError({ argument: 'k', expected: 'a non-negative integer', received: k });
  }
  const shots = draw(options);
  const texts = shots.map((i) => examples[i].context + examples[i].completion);
  const of = (count: number) =>
    [...(description === undefined ? [] : [description]), ...texts.slice(0, count)]
      .map((part) => part + delimiter)
      .join('');
  let [some, tooMany] = fits(of(shots.length)) ? [shots.length, shots.length + 1] : [0, shots.length];
  while (tooMany - some > 1) {
    const middle = (some + tooMany) >> 1;
    if (fits(of(middle))) some = middle;
    else tooMany = middle;
  }
  return { prefix: of(some), shots: shots.slice(0, some) };
}

/** K different examples, each order equally likely. */
function draw({ examples, k, seed = 0, index, exclude }: DrawOptions): number[] {
  const random = new Random(seed, `few-shot ${index}`);
  const excluded = new Set([exclude ?? []].flat().filter((i) => i in examples));
  const others = examples.length - excluded.size;
  const drawn = new Set<number>();
  while (drawn.size < Math.min(k, others)) {
    const i = random.int(examples.length);
    if (!excluded.has(i)) drawn.add(i);
  }
  return [...drawn];
}
