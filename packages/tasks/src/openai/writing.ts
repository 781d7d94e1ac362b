/** How a text is asked for, and where it ends. */
import { type GenerateRequest, InvalidArgumentError, Random } from '@gpt-ts/core';
import { assertCount } from './options.js';

/** OpenAI takes no more stop strings; those beyond are looked for in what comes back. */
const MAX_STOPS = 4;

/**
 * The fields of a request besides its prompt.
 *
 * @param place - Of the request among those asked together: each has a seed of its own.
 * @throws InvalidArgumentError for a beam search, which no two servers have in common.
 */
export function writingFields(request: GenerateRequest, place: number): Record<string, unknown> {
  const { maxNewTokens, stopStrings = [], decoding = { kind: 'greedy' } } = request;
  assertCount('maxNewTokens', maxNewTokens, 0);
  const stop = stopsOf(stopStrings).slice(0, MAX_STOPS);
  const fields = { max_tokens: maxNewTokens, ...(stop.length > 0 && { stop }) };
  if (decoding.kind === 'greedy') return { ...fields, temperature: 0 };
  if (decoding.kind === 'sample') {
    assertCount('topK', decoding.topK, 1);
    const seed = new Random(decoding.seed, `completion ${decoding.text ?? place}`).int(2 ** 31);
    return { ...fields, temperature: 1, top_p: 1, top_k: decoding.topK, seed };
  }
  throw new InvalidArgumentError({
    argument: 'decoding',
    expected: "'greedy' or 'sample' for a model behind an endpoint",
    received: decoding.kind,
    hint: 'For a beam search, load the weights and use languageModel of @gpt-ts/model.',
  });
}

/** A text up to the first stop string in it. */
export function textUntil(text: string, stopStrings: readonly string[] = []): string {
  const ends = stopsOf(stopStrings).map((stop) => text.indexOf(stop));
  return text.slice(0, Math.min(text.length, ...ends.filter((end) => end >= 0)));
}

/** Ids up to the first stop sequence in them. */
export function idsUntil(ids: number[], stop: readonly (readonly number[])[] = []): number[] {
  const stops = stop.filter(({ length }) => length > 0);
  for (let end = 1; end <= ids.length; end++) {
    const met = stops.find((ends) => ends.every((id, i) => ids[end - ends.length + i] === id));
    if (met) return ids.slice(0, end - met.length);
  }
  return ids;
}

function stopsOf(strings: readonly string[]): string[] {
  return [...new Set(strings)].filter((text) => text !== '');
}
