import { InvalidArgumentError } from '@gpt-ts/core';
import { type Corpus, newCorpus } from './corpus.js';
import { JoinedIds } from './shards/joined-ids.js';

/**
 * The documents of several corpora, one after the other, as one. No id is copied.
 *
 * @throws {@link InvalidArgumentError} when there is none, or they differ in `eotId`.
 * @example
 * joinCorpora([shards, corpusFromDocuments([[1, 2], [3]], { eotId: shards.eotId })]).tokens;
 */
export function joinCorpora(corpora: readonly Corpus[]): Corpus {
  if (corpora.length === 1) return corpora[0];
  const documents = corpora.reduce((sum, { begins }) => sum + begins.length, 0);
  const [begins, ends] = [new Float64Array(documents), new Float64Array(documents)];
  let k = 0;
  let start = 0;
  for (const corpus of corpora) {
    if (corpus.eotId !== corpora[0].eotId) {
      const expected = `${corpora[0].eotId}, as in the first`;
      throw new InvalidArgumentError({ argument: 'corpora: eotId', expected, received: corpus.eotId });
    }
    begins.set(
      corpus.begins.map((begin) => begin + start),
      k,
    );
    ends.set(
      corpus.ends.map((end) => end + start),
      k,
    );
    k += corpus.begins.length;
    start += corpus.ids.length;
  }
  return newCorpus(new JoinedIds(corpora.map(({ ids }) => ids)), begins, ends, corpora[0]?.eotId);
}
