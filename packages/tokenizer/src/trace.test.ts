import { expect, test } from 'vitest';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { gpt2 } from './gpt2.js';
import { trace } from './trace.js';

test('shows each merge, joined wherever its pair occurs', () => {
  const tokenizer = ByteBpeTokenizer.fromMerges([
    ['a', 'a'],
    ['aa', 'b'],
  ]);
  expect(trace(tokenizer, 'aabaaa b')).toEqual([
    {
      piece: 'aabaaa',
      bytes: ['a', 'a', 'b', 'a', 'a', 'a'],
      steps: [
        { merge: ['a', 'a'], rank: 0, tokens: ['aa', 'b', 'aa', 'a'] },
        { merge: ['aa', 'b'], rank: 1, tokens: ['aab', 'aa', 'a'] },
      ],
      ids: [257, 256, 64],
    },
    { piece: ' b', bytes: ['Ġ', 'b'], steps: [], ids: [220, 65] },
  ]);
  expect(trace(tokenizer, '')).toEqual([]);
});

test('ends where encode ends', () => {
  const text = 'Hello, naïve 你好 😀\n\n  antidisestablishmentarianism\ud800';
  expect(trace(gpt2(), text).flatMap(({ ids }) => ids)).toEqual(gpt2().encode(text));
});
