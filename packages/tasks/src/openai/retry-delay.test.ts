import { describe, expect, test } from 'vitest';
import { pause, retryDelay } from './retry-delay.js';

const now = Date.UTC(2025, 0, 1);

describe('retryDelay', () => {
  test('doubles up to half a minute', () => {
    const delays = Array.from({ length: 9 }, (_, i) => retryDelay(i + 1, null, now));
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(retryDelay(5000, null, now)).toBe(30_000);
  });

  test.each<[string, number | undefined]>([
    ['0', 500],
    ['10', 10_000],
    [' 10 ', 10_000],
    ['120', 120_000],
    ['121', undefined],
    ['9'.repeat(400), undefined],
    ['Wed, 01 Jan 2025 00:00:07 GMT', 7000],
    ['Wed, 01 Jan 2025 01:00:00 GMT', undefined],
    ['Tue, 31 Dec 2024 23:59:00 GMT', 500],
    ['soon', 500],
    ['', 500],
    ['-5', 500],
  ])('with Retry-After: %s', (header, delay) => {
    expect(retryDelay(1, header, now)).toBe(delay);
  });
});

describe('pause', () => {
  test('ends when the signal aborts, with its reason', async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(pause(60_000, stop.signal)).rejects.toThrow('enough');
  });
});
