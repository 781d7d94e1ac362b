/**
 * Shows text of any length as UTF-8, one window at a time, so that no copy of the whole is made.
 *
 * What the reader leaves of a window, an unfinished piece, stands at the beginning of the next.
 */

import { PADDING } from './piece-cache.js';

const WINDOW = 2 ** 15; // UTF-16 units: 96 kB at most, which stay in the processor's cache
const MAX_KEPT = 2 ** 18; // bytes of room kept from one text to the next

/** Reads the first `end` bytes, of which none follow if `last`; returns how many it has done with. */
export type ReadBytes = (bytes: Uint8Array, end: number, last: boolean) => number;

/** The bytes of one text, given in one string or several. */
export class Utf8Window {
  #bytes: Uint8Array = new Uint8Array(1024);
  #held = 0; // bytes left by the reader
  #seen = 0; // of these, bytes the reader has looked at
  #half = ''; // a high surrogate that ended a string: half a character

  /**
   * Shows more text to the reader. A lone surrogate, which has no UTF-8, becomes U+FFFD.
   *
   * @param last - Whether the text ends here.
   */
  write(text: string, last: boolean, read: ReadBytes): void {
    const whole = this.#half + text;
    const end = last ? whole.length : beforeHalf(whole, whole.length);
    this.#half = whole.slice(end);
    let at = 0;
    do {
      // At least as much as is held: a piece of any length is looked at a few times, not once a window.
      let stop = Math.min(end, at + Math.max(WINDOW, this.#held));
      if (stop < end) stop = beforeHalf(whole, stop);
      this.#makeRoom(this.#held + 3 * (stop - at) + PADDING);
      const { written } = utf8.encodeInto(whole.slice(at, stop), this.#bytes.subarray(this.#held));
      at = stop;
      const filled = this.#held + written;
      const ends = last && at === end;
      if (!ends && filled < 2 * this.#seen) {
        this.#held = filled; // too little is new for another look
        continue;
      }
      const done = read(this.#bytes, filled, ends);
      this.#bytes.copyWithin(0, done, filled);
      this.#held = this.#seen = filled - done;
    } while (at < end);
    if (last && this.#bytes.length > MAX_KEPT) this.#bytes = new Uint8Array(1024);
  }

  /** Forgets a text that was not read to its end. */
  clear(): void {
    this.#held = 0;
    this.#seen = 0;
    this.#half = '';
  }

  #makeRoom(room: number): void {
    if (room <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(room, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#held));
    this.#bytes = grown;
  }
}

const utf8 = new TextEncoder();

/** `end`, or one less where that would cut a surrogate pair. */
function beforeHalf(text: string, end: number): number {
  const unit = text.charCodeAt(end - 1);
  return unit >= 0xd800 && unit < 0xdc00 ? end - 1 : end;
}
