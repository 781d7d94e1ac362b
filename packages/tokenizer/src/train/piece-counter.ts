/** Counts the pieces of GPT-2's pattern in documents of any size. */
import { isFinal, pieceEnd } from '../bpe/split-pieces.js';
import { SpecialSplitter } from '../bpe/split-special.js';
import { type ReadBytes, Utf8Window } from '../bpe/utf8-window.js';
import type { Counter } from './count-documents.js';
import type { ReadPart } from './documents.js';
import type { PieceTable } from './piece-table.js';

/** Puts the pieces of each document into a table; special tokens belong to none and end the piece before them. */
export class PieceCounter implements Counter {
  readonly table: PieceTable;
  /** Bytes of text seen, in UTF-8 and without special tokens. */
  bytes = 0;
  readonly #splitter: SpecialSplitter;
  readonly #window: Utf8Window = new Utf8Window();

  constructor(table: PieceTable, specialTokens: readonly string[]) {
    this.table = table;
    this.#splitter = new SpecialSplitter(specialTokens);
  }

  /** Takes the next part of a document. */
  readonly read: ReadPart = (part, last) => {
    this.#splitter.write(part, last, {
      text: (plain, ends) => this.#window.write(plain, ends, this.#count),
      special: () => {},
    });
  };

  readonly #count: ReadBytes = (bytes, end, last) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let start = 0;
    while (start < end) {
      const stop = pieceEnd(bytes, start, end);
      if (!last && !isFinal(start, stop, end)) break;
      this.table.add(view, start, stop);
      start = stop;
    }
    this.bytes += start;
    return start;
  };
}
