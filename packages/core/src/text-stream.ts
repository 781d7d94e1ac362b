/**
 * The text of ids as they arrive, without half characters: bytes that may still become a character wait for the rest.
 *
 * Works with any decoder, since it decodes a few ids at a time and looks at what the last of them changed.
 *
 * @example
 * const stream = new TextStream((ids) => tokenizer.decode(ids));
 * for (const id of ids) process.stdout.write(stream.push(id));
 * process.stdout.write(stream.end());
 */
export class TextStream {
  readonly #decode: (ids: readonly number[]) => string;
  #held: number[] = []; // the last id of what was whole, since a word may begin with a space after it, and what followed
  #given = 0; // characters of their text already given

  /**
   * @param decode - The text of ids; U+FFFD stands for bytes that are no character.
   * @param before - The id that the text follows: decoders that put spaces between words put one after it. Its own text is not
   * given. One that ends inside a character is left alone, and what follows decoded by itself.
   */
  constructor(decode: (ids: readonly number[]) => string, before?: number) {
    this.#decode = decode;
    if (before === undefined) return;
    const text = decode([before]);
    if (stableEnd(text) < text.length) return;
    this.#held = [before];
    this.#given = text.length;
  }

  /** The text that is certain now and was not before; often one token's, sometimes none. */
  push(id: number): string {
    this.#held.push(id);
    const text = this.#decode(this.#held);
    const end = stableEnd(text);
    const certain = text.slice(this.#given, end);
    this.#given = Math.max(this.#given, end);
    if (end === text.length) this.#held = [id];
    else if (this.#held.length > MAX_HELD) this.#held = this.#held.slice(-MAX_HELD);
    else return certain;
    this.#given = this.#decode(this.#held).length - (text.length - end);
    return certain;
  }

  /** The rest, broken characters included. The stream is over. */
  end(): string {
    return this.#decode(this.#held).slice(this.#given);
  }
}

const MAX_HELD = 8; // ids: an unfinished character is in the last three

/** How much of a text no further byte can change: at most three bytes, shown as U+FFFD, wait for their character. */
function stableEnd(text: string): number {
  let end = text.length;
  while (end > 0 && text.length - end < 3 && text[end - 1] === '\ufffd') end--;
  return end;
}
