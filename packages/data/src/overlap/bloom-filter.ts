/**
 * A set of strings that takes a few bits for each and never forgets one, but may take a string for a member that is none
 * (Bloom 1970).
 *
 * `k` bits are set for every member. They are drawn from a 64-bit hash of the string, each for itself: the usual
 * shortcut, bits `h1 + i h2 mod m`, gives two strings the same bits once in `m^2 / 2` pairs, which is more than 1 in 10^8
 * in a filter of fewer than 130,000 members.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import { assertPositiveIntegers } from '../assert-integers.js';

/** How large a filter is. */
export interface BloomFilterOptions {
  /** Members it is made for, from 1. */
  expected: number;
  /** Share of other strings it may take for members once it holds that many, above 0 and below 1. */
  falsePositiveRate: number;
  /** The most memory it may take. Default and limit 2^29 (512 MiB): 112 million members at a rate of 10^-8. */
  maxBytes?: number;
}

const MAX_BYTES = 2 ** 29; // 2^32 bits: a place is drawn as 32 random bits

/** The filter. Its size is fixed when it is made. */
export class BloomFilter {
  /** Bits it has: `expected ln(1 / rate) / ln(2)^2`, which is 38.3 a member for 10^-8. */
  readonly bits: number;
  /** Bits set for each member: `bits / expected ln 2`, which is 27 for 10^-8. */
  readonly hashes: number;
  /** How often `add` was called. */
  added = 0;
  readonly #words: Uint32Array;

  /** @throws {@link InvalidArgumentError} when a number is out of range, or the filter would take more than `maxBytes`. */
  constructor({ expected, falsePositiveRate, maxBytes = MAX_BYTES }: BloomFilterOptions) {
    assertPositiveIntegers({ expected, maxBytes });
    if (!(falsePositiveRate > 0 && falsePositiveRate < 1)) {
      const wanted = 'above 0 and below 1';
      throw new InvalidArgumentError({
        argument: 'falsePositiveRate',
        expected: wanted,
        received: falsePositiveRate,
      });
    }
    const limit = Math.min(maxBytes, MAX_BYTES);
    const bitsEach = -Math.log(falsePositiveRate) / Math.LN2 ** 2;
    this.bits = Math.ceil(expected * bitsEach);
    this.hashes = Math.max(1, Math.round(bitsEach * Math.LN2));
    if (this.bits > 8 * limit) {
      const most = Math.floor((8 * limit) / bitsEach);
      throw new InvalidArgumentError({
        argument: 'expected',
        expected: `at most ${most}, so that the filter takes ${limit} bytes or less`,
        received: expected,
        hint: `It would take ${Math.ceil(this.bits / 8)}. Give a part of the data, or a larger falsePositiveRate.`,
      });
    }
    this.#words = new Uint32Array(Math.ceil(this.bits / 32));
  }

  /** Bytes it holds. */
  get byteLength(): number {
    return this.#words.byteLength;
  }

  /** What to expect of a filter with as many members as were added: `(1 - e^(-k n / m))^k`. */
  get falsePositiveRate(): number {
    return (1 - Math.exp((-this.hashes * this.added) / this.bits)) ** this.hashes;
  }

  /** Makes a member of a string, or of the part of it from `begin` to before `end`. */
  add(text: string, begin = 0, end: number = text.length): void {
    const [a, b] = hash(text, begin, end);
    for (let i = 0; i < this.hashes; i++) {
      const bit = this.#place(a, b, i);
      this.#words[bit >>> 5] |= 1 << (bit & 31);
    }
    this.added++;
  }

  /** False when a string, or a part of it, is no member; true when it is, or seldom by accident. */
  has(text: string, begin = 0, end: number = text.length): boolean {
    const [a, b] = hash(text, begin, end);
    for (let i = 0; i < this.hashes; i++) {
      const bit = this.#place(a, b, i);
      if ((this.#words[bit >>> 5] & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  /** The `i`-th bit of a string with that hash. */
  #place(a: number, b: number, i: number): number {
    return Math.floor(((mix(a + Math.imul(i, b)) >>> 0) * this.bits) / 2 ** 32);
  }
}

/** 64 bits of a string, in two numbers: a multiplicative hash in two lanes, each mixed in the end. */
function hash(text: string, begin: number, end: number): [number, number] {
  let a = 0x9e3779b9 ^ (end - begin);
  let b = 0x85ebca6b;
  for (let at = begin; at < end; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ unit, 0xc2b2ae35);
  }
  const low = mix(a ^ ((b << 16) | (b >>> 16)));
  return [low, mix(b ^ low) | 1]; // an odd step is none that comes back early
}

/** The finish of MurmurHash3: every bit of the input moves every bit of the output with a chance of one half. */
function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
