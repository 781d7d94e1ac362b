import { describe, expect, test } from 'vitest';
import { Random } from './random.js';

describe('Random', () => {
  test('repeats for the same seed and stream, and differs otherwise', () => {
    const draw = (seed: number, stream?: string) => {
      const random = new Random(seed, stream);
      return Array.from({ length: 9 }, () => random.uint32());
    };
    expect(draw(0)).toEqual(draw(0));
    expect(draw(0)).not.toEqual(draw(1));
    expect(draw(0, 'a')).not.toEqual(draw(0, 'b'));
    expect(draw(1)).not.toEqual(draw(1 + 2 ** 32)); // the high half of the seed counts
  });

  test('uniform covers [0, 1) evenly', () => {
    const random = new Random(1);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random.uniform() * 10)]++;
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(500); // 5.3 sd
  });

  test('normal has mean 0, variance 1 and the right tails', () => {
    const random = new Random(2);
    const n = 200_000;
    let sum = 0;
    let squares = 0;
    let beyond2 = 0;
    for (let i = 0; i < n; i++) {
      const x = random.normal();
      sum += x;
      squares += x * x;
      if (Math.abs(x) > 2) beyond2++;
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.01);
    expect(Math.abs(squares / n - 1)).toBeLessThan(0.015);
    expect(Math.abs(beyond2 / n - 0.0455)).toBeLessThan(0.002);
  });

  test('int is unbiased where a modulo would not be', () => {
    const random = new Random(3);
    const n = 3 * 2 ** 30; // 2^32 mod n favours the low third
    let low = 0;
    for (let i = 0; i < 30_000; i++) if (random.int(n) < 2 ** 30) low++;
    expect(Math.abs(low / 30_000 - 1 / 3)).toBeLessThan(0.015);
    expect(() => random.int(0)).toThrow('n must be an integer from 1 to 2^32, got 0.');
  });

  test('shuffle keeps every element', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    const shuffled = new Random(4).shuffle(items);
    expect(shuffled).not.toEqual(items);
    expect(shuffled.sort((a, b) => a - b)).toEqual(items);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53])('refuses seed %s', (seed) => {
    expect(() => new Random(seed)).toThrow('seed must be an integer from 0 to 2^53 - 1');
  });
});
