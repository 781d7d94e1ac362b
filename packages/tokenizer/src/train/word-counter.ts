/** Counts the words of documents of any size, line by line. */
import { PADDING } from '../bpe/piece-cache.js';
import type { Counter } from './count-documents.js';
import type { ReadPart } from './documents.js';
import type { PieceTable } from './piece-table.js';

const utf8 = new TextEncoder();
const WHITE_SPACE = /\s/;

/** Puts the words of each document into a table. Line breaks and other words with white space are left out. */
export class WordCounter implements Counter {
  readonly table: PieceTable;
  bytes = 0;
  readonly #wordsOf: (line: string) => Iterable<string>;
  #held = ''; // a line that the next part may go on with
  #buffer: Uint8Array = new Uint8Array(1024);

  /** @param wordsOf - Cuts a line, given with its line break. */
  constructor(table: PieceTable, wordsOf: (line: string) => Iterable<string>) {
    this.table = table;
    this.#wordsOf = wordsOf;
  }

  /** Takes the next part of a document. */
  readonly read: ReadPart = (part, last) => {
    let start = 0;
    for (let end = part.indexOf('\n') + 1; end > 0; end = part.indexOf('\n', start) + 1) {
      this.#count(this.#held + part.slice(start, end));
      this.#held = '';
      start = end;
    }
    this.#held += part.slice(start);
    if (!last) return;
    this.#count(this.#held);
    this.#held = '';
  };

  #count(line: string): void {
    for (const word of this.#wordsOf(line)) {
      if (word === '' || WHITE_SPACE.test(word)) continue; // `merges.txt` could not spell it
      const { written } = this.#encode(word);
      const view = new DataView(this.#buffer.buffer);
      this.table.add(view, 0, written);
    }
    this.bytes += this.#encode(line).written;
  }

  #encode(text: string): { written: number } {
    const room = 3 * text.length + PADDING;
    if (room > this.#buffer.length) this.#buffer = new Uint8Array(2 * room);
    return utf8.encodeInto(text, this.#buffer);
  }
}
