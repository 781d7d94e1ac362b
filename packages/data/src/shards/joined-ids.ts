import { lastAtOrBelow } from '../last-at-or-below.js';
import type { TokenArray } from '../token-array.js';

/** Several arrays as one. */
export class JoinedIds implements TokenArray {
  readonly length: number;
  readonly #parts: readonly TokenArray[];
  readonly #starts: Float64Array;

  constructor(parts: readonly TokenArray[]) {
    this.#parts = parts;
    this.#starts = new Float64Array(parts.length);
    let length = 0;
    parts.forEach((part, i) => {
      this.#starts[i] = length;
      length += part.length;
    });
    this.length = length;
  }

  subarray(begin: number, end: number): Int32Array | Uint16Array | Uint32Array {
    const first = lastAtOrBelow(this.#starts, begin);
    const start = this.#starts[first];
    if (end - start <= this.#parts[first].length)
      return this.#parts[first].subarray(begin - start, end - start);
    const out = new Int32Array(end - begin);
    for (let i = first, at = begin; at < end; i++) {
      const stop = Math.min(end, this.#starts[i] + this.#parts[i].length);
      out.set(this.#parts[i].subarray(at - this.#starts[i], stop - this.#starts[i]), at - begin);
      at = stop;
    }
    return out;
  }
}
