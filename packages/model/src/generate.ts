/** Writing: one token after another, each drawn from the model's prediction and fed back. */
import { assertTokens, InvalidArgumentError, Random } from '@gpt-ts/core';
import type { GPT } from './gpt.js';
import { checkSampleOptions, type SampleOptions, sampleToken } from './sample.js';

/** Options of {@link generate}. */
export interface GenerateOptions extends SampleOptions {
  /** How many tokens to write at most. */
  maxNewTokens: number;
  /** Seed for the draws. The same seed, weights and prompt give the same ids. Default 0, and 0 counts. */
  seed?: number;
  /** Ends the text; yielded as the last id. */
  eotId?: number;
  /** Stops between two tokens; the iteration then throws the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Continues a prompt.
 *
 * When prompt and text outgrow the context, the model sees the last `nCtx` ids, counted from position 0.
 *
 * @param prompt - One or more ids.
 * @returns The new ids, as they are drawn.
 * @throws TokenRangeError for a prompt outside the vocabulary, InvalidArgumentError for impossible options.
 * @example
 * for await (const id of generate(model, [1, 2], { maxNewTokens: 3 })) console.log(id);
 */
export async function* generate(
  model: GPT,
  prompt: ArrayLike<number>,
  options: GenerateOptions,
): AsyncGenerator<number, void, undefined> {
  const { maxNewTokens, seed = 0, eotId, signal } = options;
  checkSampleOptions(options);
  if (!Number.isSafeInteger(maxNewTokens) || maxNewTokens < 0) {
    const expected = 'a whole number of tokens';
    throw new InvalidArgumentError({ argument: 'maxNewTokens', expected, received: maxNewTokens });
  }
  if (prompt.length === 0) {
    throw new InvalidArgumentError({ argument: 'prompt', expected: 'one or more ids', received: [] });
  }
  assertTokens(prompt, model.config.nVocab);
  const random = new Random(seed, 'generate');
  const ids = Array.from(prompt);
  for (let n = 0; n < maxNewTokens; n++) {
    signal?.throwIfAborted();
    const logits = model.nextLogits([ids.slice(-model.config.nCtx)]); // [1, V]
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    const id = sampleToken(values, options, random);
    ids.push(id);
    yield id;
    if (id === eotId) return;
  }
}
