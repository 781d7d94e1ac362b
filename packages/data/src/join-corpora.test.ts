import { expect, test } from 'vitest';
import { randomDocuments } from '../test/support/random-documents.js';
import { corpusFromDocuments } from './corpus.js';
import { joinCorpora } from './join-corpora.js';
import { shuffledSequences } from './shuffled-sequences.js';

test('joined corpora are the corpus of all their documents', () => {
  for (let seed = 0; seed < 20; seed++) {
    const lists = [seed, seed + 100, seed + 200].map((each) => randomDocuments(each, 50, 0));
    const joined = joinCorpora(lists.map((list) => corpusFromDocuments(list, { eotId: 0 })));
    const known = corpusFromDocuments(lists.flat(), { eotId: 0 });
    expect([joined.begins, joined.ends, joined.tokens]).toEqual([known.begins, known.ends, known.tokens]);
    expect([...joined.ids.subarray(0, joined.ids.length)]).toEqual([...(known.ids as Int32Array)]);
    const batches = [joined, known].map((corpus) => shuffledSequences({ corpus, nCtx: 4 }).batch(0, 30));
    expect(batches[0]).toEqual(batches[1]);
  }
});

test('refuses corpora that differ in end-of-text, and none', () => {
  const corpora = [0, 1].map((eotId) => corpusFromDocuments([[2]], { eotId }));
  expect(() => joinCorpora(corpora)).toThrow('corpora: eotId must be 0, as in the first, got 1');
  expect(() => joinCorpora([])).toThrow('documents must be at least one');
});
