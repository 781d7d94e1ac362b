import { expect, test, vi } from 'vitest';
import { chooseThreads } from './threads.js';

const here = { coresAre: 'this process may use', alone: undefined };

test.each([
  [undefined, 1, 1, '1 core this process may use'],
  [undefined, 6, 6, '6 cores this process may use'],
  [undefined, 96, 64, 'the most, of 96 cores this process may use'],
  [3, 2, 3, 'asked for'],
])('%s threads asked for on %d cores: %d, %s', (wanted, cores, threads, because) => {
  expect(chooseThreads(wanted, { ...here, cores })).toEqual({ threads, because });
});

test('where memory cannot be shared there is one thread, and one warning unless one was asked for', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const there = { cores: 8, coresAre: 'the browser reports', alone: { because: 'no reason', hint: 'Go.' } };
  expect(chooseThreads(1, there)).toEqual({ threads: 1, because: 'asked for' });
  expect(warn).not.toHaveBeenCalled();
  for (const wanted of [undefined, 4]) {
    expect(chooseThreads(wanted, there)).toEqual({ threads: 1, because: 'no reason' });
  }
  expect(warn.mock.calls).toEqual([['gpt-ts computes on one thread: no reason. Go.']]);
});
