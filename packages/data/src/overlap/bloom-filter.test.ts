import { describe, expect, test } from 'vitest';
import { BloomFilter } from './bloom-filter.js';

const members = (count: number) => Array.from({ length: count }, (_, i) => `the cat sat on mat number ${i}`);

function filled(expected: number, falsePositiveRate: number): BloomFilter {
  const filter = new BloomFilter({ expected, falsePositiveRate });
  for (const member of members(expected)) filter.add(member);
  return filter;
}

/** How many of a million strings that were never added it takes for members. */
function falsePositives(filter: BloomFilter): number {
  let count = 0;
  for (let i = 0; i < 1_000_000; i++) if (filter.has(`the cat sat on hat number ${i}`)) count++;
  return count;
}

describe('BloomFilter', () => {
  test('has 38.3 bits a member and 27 hashes for a rate of 10^-8, 9.6 and 7 for 1 %', () => {
    const gpt2 = new BloomFilter({ expected: 1_000_000, falsePositiveRate: 1e-8 });
    expect((gpt2.bits / 1e6).toFixed(1)).toBe('38.3');
    expect(gpt2.hashes).toBe(27);
    expect(gpt2.byteLength).toBe(4 * Math.ceil(gpt2.bits / 32));
    const plain = new BloomFilter({ expected: 1000, falsePositiveRate: 0.01 });
    expect([plain.bits, plain.hashes]).toEqual([9586, 7]);
  });

  test('knows every member, as a string and as a part of one', () => {
    const filter = filled(10_000, 1e-8);
    for (const member of members(10_000)) {
      expect(filter.has(member)).toBe(true);
      expect(filter.has(`> ${member} <`, 2, 2 + member.length)).toBe(true);
    }
    expect(filter.has('the cat')).toBe(false);
    expect(filter.has('')).toBe(false);
  });

  test('at 10^-3 takes 1,000 of a million others for members, within 5 standard deviations', () => {
    const filter = filled(100_000, 1e-3);
    expect(filter.falsePositiveRate).toBeCloseTo(1e-3, 5);
    expect(Math.abs(falsePositives(filter) - 1000)).toBeLessThan(5 * Math.sqrt(1000)); // 158; seen: 51
  });

  // GPT-2 section 4 saw none in a million. Expected are 0.01 hits; seen: 0, 0 and 1, the last by chance: no bits are
  // shared with a member, and of 80 million strings 2 were taken (0.8 expected), of 60 million at 10^-7 7 (6 expected).
  // With bits h1 + i h2 mod m, 200 members would give some 7.
  test.each([200, 10_000, 300_000])(
    'at 10^-8 takes none of a million others, or one, with %i members',
    (expected) => {
      expect(falsePositives(filled(expected, 1e-8))).toBeLessThanOrEqual(1);
    },
  );

  test('strings that differ little differ: all of one to three letters', () => {
    const filter = new BloomFilter({ expected: 10_000, falsePositiveRate: 1e-8 });
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const two = letters.flatMap((a) => letters.map((b) => a + b));
    for (const each of [...letters, ...two]) filter.add(each);
    const three = two.flatMap((ab) => letters.map((c) => ab + c));
    expect(three.filter((each) => filter.has(each))).toEqual([]);
    expect(three.filter((each) => filter.has(`\0${each}`))).toEqual([]);
  });

  test('says what rate it has with more members than expected', () => {
    const filter = new BloomFilter({ expected: 1000, falsePositiveRate: 1e-3 });
    expect(filter.falsePositiveRate).toBe(0);
    for (const member of members(3000)) filter.add(member);
    const measured = falsePositives(filter) / 1e6;
    expect(Math.abs(filter.falsePositiveRate / measured - 1)).toBeLessThan(0.1); // seen: 0.032
  });

  test.each<[number, number, number | undefined, string]>([
    [0, 0.1, undefined, 'expected must be a positive integer, got 0.'],
    [1.5, 0.1, undefined, 'expected must be a positive integer, got 1.5.'],
    [10, 0, undefined, 'falsePositiveRate must be above 0 and below 1, got 0.'],
    [10, 1, undefined, 'falsePositiveRate must be above 0 and below 1, got 1.'],
    [10, Number.NaN, undefined, 'falsePositiveRate must be above 0 and below 1, got NaN.'],
    [10, 0.1, -1, 'maxBytes must be a positive integer, got -1.'],
    [
      112_100_000,
      1e-8,
      undefined,
      'expected must be at most 112022460, so that the filter takes 536870912 bytes',
    ],
    [Number.MAX_SAFE_INTEGER, 1e-8, 2 ** 40, 'expected must be at most 112022460'],
    [
      1000,
      1e-8,
      4000,
      'expected must be at most 834, so that the filter takes 4000 bytes or less, got 1000. It would take 4793.',
    ],
  ])('refuses %d members at a rate of %d in %s bytes', (expected, falsePositiveRate, maxBytes, message) => {
    expect(() => new BloomFilter({ expected, falsePositiveRate, maxBytes })).toThrow(message);
  });
});
