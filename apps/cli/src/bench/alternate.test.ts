import { expect, test } from 'vitest';
import { alternate } from './alternate.js';

test('slices take turns, every other round backwards, and each keeps its own figures', async () => {
  const ran: string[] = [];
  let clock = 0;
  const slice = (name: string) => () => {
    ran.push(name);
    return ++clock;
  };
  const figures = await alternate([slice('a'), async () => slice('b')(), slice('c')], 3);
  expect(ran.join('')).toBe('abccbaabc');
  expect(figures).toEqual([
    [1, 6, 7],
    [2, 5, 8],
    [3, 4, 9],
  ]);
});

test('a slice that fails ends it', async () => {
  const failing = () => {
    throw new Error('out of order');
  };
  await expect(alternate([() => 1, failing], 2)).rejects.toThrow('out of order');
});
