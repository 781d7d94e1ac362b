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

/** What to ask, what to show, and how much room there is. */
export interface FewShotOptions {
  /** The context of the item asked about; the prompt ends with it. */
  query: string;
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
  /** Index in `examples` of the item itself, which is then never shown. Default: it is not among them. */
  exclude?: number;
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
  const { query, examples, k, description, delimiter = '\n\n', codec, nCtx, reserveTokens = 0 } = options;
  if (!Number.isSafeInteger(k) || k < 0) {
    throw new InvalidArgumentError({ argument: 'k', expected: 'a non-negative integer', received: k });
  }
  const shots = draw(options);
  for (;;) {
    const shown = shots.map((i) => examples[i].context + examples[i].completion);
    const text = [...(description === undefined ? [] : [description]), ...shown, query].join(delimiter);
    const tokens = codec.encode(text).length;
    if (tokens + reserveTokens <= nCtx) return { text, tokens, shots };
    if (shots.length === 0) {
      throw new InvalidArgumentError({
        argument: 'query',
        expected: `at most ${nCtx - reserveTokens} tokens with its description`,
        received: tokens,
        hint: 'Shorten them, or use a model with a larger nCtx.',
      });
    }
    shots.pop();
  }
}

/** K different examples, each order equally likely. */
function draw({ examples, k, seed = 0, index, exclude }: FewShotOptions): number[] {
  const random = new Random(seed, `few-shot ${index}`);
  const others = examples.length - (exclude !== undefined && exclude in examples ? 1 : 0);
  const drawn = new Set<number>();
  while (drawn.size < Math.min(k, others)) {
    const i = random.int(examples.length);
    if (i !== exclude) drawn.add(i);
  }
  return [...drawn];
}
