import { InvalidArgumentError } from '@gpt-ts/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numRuns, unicode } from '../test/support/unicode.js';
import { CharTokenizer } from './char-tokenizer.js';
import { encodePair } from './encode-pair.js';
import { gpt2 } from './gpt2.js';

const tokens = (ids: number[]) => ids.map((id) => gpt2().decode([id]));

test.each<[string, string, string[], string[]]>([
  ['A:', ' yes no', ['A', ':'], [' yes', ' no']],
  ['A: ', 'yes', ['A', ':'], [' yes']], // the space joins what follows
  ['x  ', ' y', ['x', ' ', ' '], [' y']], // white space leaves its last for the next word
  ['don', "'t", ['don'], ["'t"]],
  ['20', '24', ['20'], ['24']], // alone; together they are '2024', which is '20' '24' as well
  ['', 'yes', ['<|endoftext|>'], ['yes']],
])('%j and %j', (context, continuation, left, right) => {
  const pair = encodePair(gpt2(), context, continuation);
  expect([tokens(pair.context), tokens(pair.continuation)]).toEqual([left, right]);
});

test('both sides together are what the joined text encodes to', () => {
  const property = fc.property(unicode, unicode, (context, continuation) => {
    const whole = gpt2().encode(context + continuation);
    const [first] = gpt2().encode(context);
    fc.pre(continuation !== '' && whole.length > 1 && first === whole[0]);
    const pair = encodePair(gpt2(), context, continuation);
    expect([...pair.context, ...pair.continuation]).toEqual(whole);
    expect(continuation.endsWith(gpt2().decode(pair.continuation).slice(-1))).toBe(true);
  });
  fc.assert(property, { numRuns });
});

test('refuses a side without a token', () => {
  const char = CharTokenizer.fromText('ab');
  expect(() => encodePair(gpt2(), 'A:', '')).toThrow(
    'continuation must be text that adds a token to the context, got "".',
  );
  expect(() => encodePair(char, '', 'a')).toThrow('context must be text with a token');
  expect(() => encodePair(gpt2(), 'Hel', 'lo')).toThrow(InvalidArgumentError); // one token: Hello
});
