/**
 * Seeded random numbers, the same on every machine.
 *
 * A generator is a seed, the name of a stream and a position. Two streams of one seed are independent, so adding
 * a draw in one place never moves the draws of another.
 */
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { philox4x32 } from './philox.js';

/** A stream of random numbers drawn with Philox4x32-10. */
export class Random {
  readonly #key: readonly [number, number];
  readonly #stream: number;
  readonly #block = new Uint32Array(4);
  #index = 0; // 32-bit words drawn so far
  #spareNormal: number | undefined;

  /**
   * @param seed - A non-negative safe integer. 0 is a seed like any other.
   * @param stream - What the numbers are for; each name is an independent stream. Default `''`.
   * @throws {@link InvalidArgumentError} when `seed` is not a non-negative safe integer.
   * @example
   * const random = new Random(0);
   * random.int(6); // => 0
   */
  constructor(seed: number, stream = '') {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new InvalidArgumentError({
        argument: 'seed',
        expected: 'an integer from 0 to 2^53 - 1',
        received: seed,
      });
    }
    this.#key = [seed >>> 0, Math.floor(seed / 2 ** 32)];
    this.#stream = streamId(stream);
  }

  /** A uniform integer in `[0, 2^32)`. */
  uint32(): number {
    const word = this.#index % 4;
    if (word === 0) {
      const block = this.#index / 4;
      philox4x32([block >>> 0, Math.floor(block / 2 ** 32), this.#stream, 0], this.#key, this.#block);
    }
    this.#index++;
    return this.#block[word];
  }

  /** A uniform double in `[0, 1)` with 53 random bits. */
  uniform(): number {
    const high = this.uint32() >>> 5; // 27 bits
    const low = this.uint32() >>> 6; // 26 bits
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /** A uniform integer in `[0, n)`, without modulo bias. `n` is an integer from 1 to 2^32. */
  int(n: number): number {
    if (!Number.isInteger(n) || n < 1 || n > 2 ** 32) {
      throw new InvalidArgumentError({ argument: 'n', expected: 'an integer from 1 to 2^32', received: n });
    }
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const draw = this.uint32();
      if (draw < limit) return draw % n;
    }
  }

  /** A standard normal draw (Marsaglia's polar method). */
  normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s >= 1 || s === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(s)) / s);
      this.#spareNormal = v * scale;
      return u * scale;
    }
  }

  /** One element of a non-empty list, each equally likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.int(items.length)];
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[] {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [out[i], out[j]] = [out[j], out[i]];
    }
    return out;
  }
}

/** FNV-1a, 32 bits: names a stream by a number. */
export function streamId(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}
