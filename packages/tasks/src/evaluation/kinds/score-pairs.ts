import type { ContinuationRequest, ContinuationScore } from '@gpt-ts/core';
import { encodePair } from '@gpt-ts/tokenizer';
import type { Asking } from './kind.js';

/** What a model makes of a continuation, and how many tokens that has. */
export interface PairScore extends ContinuationScore {
  tokens: number;
}

/** A context and its continuation, as text. */
export type Pair = readonly [context: string, continuation: string];

/** Scores lists of pairs, all in one call, so that the model can read them side by side. */
export async function scorePairs(
  { model, codec }: Asking,
  lists: readonly (readonly Pair[])[],
): Promise<PairScore[][]> {
  return await scoreLists(
    model,
    lists.map((pairs) => pairs.map(([context, continuation]) => encodePair(codec, context, continuation))),
  );
}

/** The same, of ids. */
export async function scoreLists(
  model: Asking['model'],
  lists: readonly (readonly ContinuationRequest[])[],
): Promise<PairScore[][]> {
  const scores = await model.logLikelihood(lists.flat());
  let at = 0;
  return lists.map((list) =>
    list.map(({ continuation }) => ({ ...scores[at++], tokens: continuation.length })),
  );
}
