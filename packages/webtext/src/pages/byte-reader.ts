/** Lines and blocks of a stream of bytes, with a limit on each. */

/** Thrown where a line is longer, or the stream shorter, than it may be. */
export class ByteError extends Error {}

/** Reads from front to back. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** A line without its end, as Latin-1; `undefined` at the end of the stream. */
  async line(maxBytes: number): Promise<string | undefined> {
    let line = '';
    for (;;) {
      if (!(await this.#fill())) return line === '' ? undefined : line;
      const end = this.#chunk.indexOf(10, this.#at);
      const to = end < 0 ? this.#chunk.length : end;
      if (line.length + to - this.#at > maxBytes)
        throw new ByteError(`a line of more than ${maxBytes} bytes`);
      line += Buffer.from(this.#chunk.buffer, this.#chunk.byteOffset + this.#at, to - this.#at).toString(
        'latin1',
      );
      this.#at = end < 0 ? to : to + 1;
      if (end >= 0) return line.replace(/\r$/, '');
    }
  }

  /** The next `n` bytes. */
  async bytes(n: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    await this.#take(n, (part) => parts.push(part));
    return Buffer.concat(parts);
  }

  /** Passes over the next `n` bytes. */
  async skip(n: number): Promise<void> {
    await this.#take(n, () => {});
  }

  /** Lets go of the stream. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #take(n: number, onPart: (part: Uint8Array) => void): Promise<void> {
    for (let left = n; left > 0; ) {
      if (!(await this.#fill())) throw new ByteError(`ends ${left} bytes too early`);
      const part = this.#chunk.subarray(this.#at, this.#at + left);
      onPart(part);
      this.#at += part.length;
      left -= part.length;
    }
  }

  /** Whether there is another byte. */
  async #fill(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#chunk = value;
      this.#at = 0;
    }
    return true;
  }
}
