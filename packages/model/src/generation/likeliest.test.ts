import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { likeliest } from './likeliest.js';

test('gives every index once, as sorting does, equals in order', () => {
  const random = new Random(4);
  for (let length = 0; length < 40; length++) {
    const values = Array.from({ length }, () => random.int(6) - 3); // many ties
    const want = [...values.keys()].sort((a, b) => values[b] - values[a]); // stable
    expect([...likeliest(values)]).toEqual(want);
    expect([...likeliest(values, 1)]).toEqual(want.filter((i) => values[i] >= 1));
  }
});

test('takes what is asked for', () => {
  const [first, second] = likeliest(Float32Array.of(0.2, 0.5, Number.NEGATIVE_INFINITY, 0.3));
  expect([first, second]).toEqual([1, 3]);
});
