import fc from 'fast-check';
import { expect, test } from 'vitest';
import { referenceEncode } from '../../test/support/reference.js';
import { ByteBpeTokenizer } from '../byte-bpe-tokenizer.js';
import type { Merge } from './merge-ranks.js';

test('long pieces, cut where no token holds the bytes that meet, get the ids of the definition', () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'd');
  const merges = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 14 }).map((pairs) => {
    const tokens = ['a', 'b', 'c', 'd'];
    const made: Merge[] = [];
    for (const [left, right] of pairs) {
      const merge: Merge = [tokens[left % tokens.length], tokens[right % tokens.length]];
      if (tokens.includes(merge.join(''))) continue;
      tokens.push(merge.join(''));
      made.push(merge);
    }
    return made;
  });
  const text = fc.string({ unit: letter, minLength: 20, maxLength: 300 });
  const property = fc.property(merges, text, fc.boolean(), (merges, text, shuffled) => {
    let tokenizer = ByteBpeTokenizer.fromMerges(merges);
    if (shuffled) {
      // ids in any order, as a file may have them
      const tokens = tokenizer.tokens.toReversed();
      const vocab = JSON.stringify(Object.fromEntries(tokens.map((token, id) => [token, id])));
      const lines = merges.map((merge) => `${merge.join(' ')}\n`).join('');
      tokenizer = ByteBpeTokenizer.fromFiles({ vocab, merges: lines });
    }
    expect(tokenizer.encode(text)).toEqual(referenceEncode(text, tokenizer.tokens, merges));
  });
  fc.assert(property, { numRuns: 500 });
});
