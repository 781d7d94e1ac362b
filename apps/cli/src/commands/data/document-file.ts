/** Documents of a file, one at a time: text with `<|endoftext|>` between them, or JSONL with a `text` in each row. */
import { InvalidFileError } from '@gpt-ts/core';
import { END_OF_TEXT } from '@gpt-ts/tokenizer';
import { textFromFile } from '../tokenizer/text-input.js';
import { sizeOf } from '../tokenizer/training-texts.js';

const MAX_DOCUMENT = 2 ** 29 - 24; // the longest string that V8 holds, in UTF-16 units

/** What stands between two separators. */
export interface FileDocument {
  /** As it is in the file. */
  raw: string;
  /** `undefined` where it is blank. */
  text: string | undefined;
  /** How a part of the text is written. */
  write(part: string): string;
}

/** Hears what is read; may throw to end it. */
export type OnRead = (bytes: number) => void;

/** A file of documents, which can be gone through again and again. */
export class DocumentFile {
  readonly path: string;
  /** Of the whole file. */
  readonly bytes: number;
  /** Between two documents. */
  readonly separator: string;
  /** Between two parts of what was one document. */
  readonly partSeparator: string;
  readonly #onRead: OnRead;

  private constructor(path: string, bytes: number, onRead: OnRead) {
    this.path = path;
    this.bytes = bytes;
    const isJsonl = path.endsWith('.jsonl');
    this.separator = isJsonl ? '\n' : END_OF_TEXT;
    this.partSeparator = isJsonl ? '\n' : `\n${END_OF_TEXT}\n`;
    this.#onRead = onRead;
  }

  /** @throws InvalidFileError when the file cannot be read, or only once. */
  static async open(path: string, onRead: OnRead): Promise<DocumentFile> {
    const bytes = await sizeOf([path]);
    if (bytes !== undefined) return new DocumentFile(path, bytes, onRead);
    const hint = 'It is read more than once: write it to a file first.';
    throw new InvalidFileError({ file: path, problem: 'is a pipe or a device, not a file', hint });
  }

  /** All there is, blank parts included: the `raw` of each with the separator between them is the file. */
  async *all(): AsyncGenerator<FileDocument> {
    let number = 0;
    for await (const raw of this.#separated()) {
      number++;
      if (raw.trim() === '') yield { raw, text: undefined, write: () => raw };
      else if (this.separator === '\n') yield this.#row(raw, number);
      else yield { raw, text: raw, write: (part) => part };
    }
  }

  /**
   * The texts.
   *
   * @throws InvalidFileError where there is none.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    let some = false;
    for await (const { text } of this.all()) {
      if (text === undefined) continue;
      some = true;
      yield text;
    }
    if (some) return;
    throw new InvalidFileError({
      file: this.path,
      problem: 'has no text',
      hint: 'Give a file with text in it.',
    });
  }

  #row(raw: string, line: number): FileDocument {
    let row: unknown;
    try {
      row = JSON.parse(raw);
    } catch {
      row = undefined;
    }
    if (!hasText(row)) {
      throw new InvalidFileError({
        file: this.path,
        field: `line ${line}`,
        problem: 'is not a JSON object with a string "text"',
        hint: 'Write one object a line, as {"text": "..."}, or rename the file if it is plain text.',
      });
    }
    return { raw, text: row.text, write: (part) => JSON.stringify({ ...row, text: part }) };
  }

  async *#separated(): AsyncGenerator<string> {
    const { separator } = this;
    const held: string[] = []; // of the present document
    let heldLength = 0;
    let end = ''; // of what was read: may begin a separator
    for await (const part of this.#parts()) {
      const text = end + part;
      let from = 0;
      for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
        yield held.join('') + text.slice(from, at);
        held.length = heldLength = 0;
        from = at + separator.length;
      }
      const open = Math.max(from, text.length - separator.length + 1);
      held.push(text.slice(from, open));
      heldLength += open - from;
      end = text.slice(open);
      if (heldLength > MAX_DOCUMENT - 2 ** 21) throw this.#tooLong(); // the next part may end it
    }
    yield held.join('') + end;
  }

  async *#parts(): AsyncGenerator<string> {
    let first = true;
    for await (const part of textFromFile(this.path)) {
      this.#onRead(Buffer.byteLength(part));
      if (part.includes('\0')) {
        const hint = 'Give a plain text file. If it is UTF-16, save it as UTF-8.';
        throw new InvalidFileError({
          file: this.path,
          problem: 'has a zero byte, so it is not UTF-8 text',
          hint,
        });
      }
      yield first ? part.replace(/^\ufeff/, '') : part; // a byte order mark is no text
      first = false;
    }
  }

  #tooLong(): InvalidFileError {
    const between = this.separator === '\n' ? 'a line break' : this.separator;
    const problem = `has a document of more than ${(MAX_DOCUMENT / 1e6).toFixed(0)} million characters`;
    return new InvalidFileError({ file: this.path, problem, hint: `Put ${between} between its documents.` });
  }
}

function hasText(row: unknown): row is { text: string } {
  return typeof row === 'object' && row !== null && 'text' in row && typeof row.text === 'string';
}
