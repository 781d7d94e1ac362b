import { expect, test } from 'vitest';
import { pieces } from '../test/toy-codecs.js';
import { encodeContinuation } from './encode-continuation.js';

const codec = pieces(['A', ':', ' ', 'yes', ' yes', ' no', 'A:A']);

test('splits where the context ends', () => {
  expect(encodeContinuation(codec, 'A:', ' yes no')).toEqual({ context: [0, 1], continuation: [4, 5] });
});

test('gives a token that spans the join to the continuation', () => {
  expect(encodeContinuation(codec, 'A: ', 'yes')).toEqual({ context: [0, 1], continuation: [4] });
  expect(encodeContinuation(codec, ':A:', 'A')).toEqual({ context: [1], continuation: [6] });
});

test('refuses a side without a token', () => {
  expect(() => encodeContinuation(codec, 'A:', '')).toThrow(
    'continuation must be text that adds a token to the context, got "".',
  );
  expect(() => encodeContinuation(codec, '', ' yes')).toThrow('context must be text with a token');
  expect(() => encodeContinuation(codec, 'A:', 'A')).toThrow('context must be text with a token');
});
