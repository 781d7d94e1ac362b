/** Says how far a long reading is, once it takes longer than two seconds. */
import { type LineOptions, LiveLine, timeLeft } from '../../live-line.js';

/** Follows one reading. */
export class BytesLine {
  readonly #totalBytes: number;
  readonly #line: LiveLine;
  #bytes = 0;

  /** @param totalBytes - To be read in all; what is read twice counts twice. */
  constructor(totalBytes: number, options: LineOptions = {}) {
    this.#totalBytes = totalBytes;
    this.#line = new LiveLine(options);
  }

  /** Some bytes were read. */
  add(bytes: number): void {
    this.#bytes += bytes;
    this.#line.show((elapsedMs) => {
      const [read, total] = [this.#bytes, this.#totalBytes].map((count) => (count / 1e6).toFixed(1));
      return `${read} of ${total} MB read${timeLeft(elapsedMs, this.#bytes, this.#totalBytes)}`;
    });
  }

  /** Leaves the line on the screen. */
  close(): void {
    this.#line.close();
  }
}
