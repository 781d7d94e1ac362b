import { expect, test } from 'vitest';
import { type Span, spansOf } from './offsets.js';

test.each<[string, number[], Span[]]>([
  ['', [], []],
  [
    'abc',
    [2, 1],
    [
      [0, 2],
      [2, 3],
    ],
  ],
  [
    'a😀',
    [1, 2, 2],
    [
      [0, 1],
      [1, 3],
      [1, 3],
    ],
  ],
  [
    'aé',
    [2, 1],
    [
      [0, 2],
      [1, 2],
    ],
  ], // the first token has half of é
  [
    'é😀b',
    [1, 3, 2, 1],
    [
      [0, 1],
      [0, 3],
      [1, 3],
      [3, 4],
    ],
  ],
  [
    '\ud800a',
    [3, 1],
    [
      [0, 1],
      [1, 2],
    ],
  ], // encoded as U+FFFD
])('%j in tokens of %j bytes', (text, lengths, spans) => {
  expect(spansOf(text, lengths)).toEqual(spans);
});
