/** Files as documents, a piece at a time: texts of any size in little memory. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { unreadable } from '@gpt-ts/data/node';
import { END_OF_TEXT } from '@gpt-ts/tokenizer';
import { TrainingTexts } from '../tokenizer/training-texts.js';

/** Some of a document's text. */
export interface Piece {
  text: string;
  /** Whether the document ends with it. */
  ends: boolean;
}

const MAX_PIECE = 2 ** 22; // UTF-16 units; longer documents come in several pieces
const MAX_LINE = 2 ** 28;

/**
 * The files that paths stand for: a folder's are those whose names end in `.txt` or `.jsonl`, in the order of their names.
 *
 * @throws InvalidFileError when one cannot be read, or a folder has none.
 */
export async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const info = await stat(path).catch((error) => {
      throw unreadable(path, error);
    });
    if (!info.isDirectory()) {
      files.push(path);
      continue;
    }
    const names = (await readdir(path)).filter((name) => /\.(txt|jsonl)$/.test(name)).sort();
    if (names.length === 0) {
      throw new InvalidFileError({ file: path, problem: 'has no file whose name ends in .txt or .jsonl' });
    }
    files.push(...names.map((name) => join(path, name)));
  }
  return files;
}

/** The documents of files, one after the other, and how much of them has been read. */
export class DocumentTexts {
  readonly #files: readonly string[];
  readonly #texts: TrainingTexts;

  constructor(files: readonly string[]) {
    this.#files = files;
    this.#texts = new TrainingTexts(files);
  }

  /** Of the files, read so far. */
  get bytes(): number {
    return this.#texts.bytes;
  }

  /** In a `.jsonl` file a line is a document, its field `text`; in others, `<|endoftext|>` separates them. */
  async *pieces(): AsyncGenerator<Piece> {
    let i = 0;
    for (const parts of this.#texts.documents()) {
      const file = this.#files[i++];
      yield* file.endsWith('.jsonl') ? linePieces(parts, file) : textPieces(parts);
    }
  }
}

/** A text's documents. */
export async function* textPieces(parts: AsyncIterable<string>): AsyncGenerator<Piece> {
  let held = '';
  for await (const part of parts) {
    const texts = (held + part).split(END_OF_TEXT);
    held = texts.pop()!;
    for (const text of texts) yield { text, ends: true };
    if (held.length <= MAX_PIECE) continue;
    const end = wholeEnd(held, held.length - END_OF_TEXT.length); // it may have begun
    yield { text: held.slice(0, end), ends: false };
    held = held.slice(end);
  }
  yield { text: held, ends: true };
}

/** Where to cut at or before a place, so that no character is cut in half. */
function wholeEnd(text: string, end: number): number {
  return /[\ud800-\udbff]/.test(text[end - 1]) ? end - 1 : end;
}

/** The documents of JSON lines. */
export async function* linePieces(parts: AsyncIterable<string>, file: string): AsyncGenerator<Piece> {
  let held = '';
  let line = 0;
  for await (const part of parts) {
    const lines = (held + part).split('\n');
    held = lines.pop()!;
    for (const each of lines) yield* documentIn(each, ++line, file);
    if (held.length > MAX_LINE) throw badLine(file, line + 1, `is longer than ${MAX_LINE} characters`);
  }
  yield* documentIn(held, line + 1, file);
}

function* documentIn(json: string, line: number, file: string): Generator<Piece> {
  if (json.trim() === '') return;
  let value: { text?: unknown } | null;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw badLine(file, line, 'is not valid JSON', cause);
  }
  if (typeof value?.text !== 'string') throw badLine(file, line, 'has no text in its field "text"');
  yield { text: value.text, ends: true };
}

function badLine(file: string, line: number, problem: string, cause?: unknown): InvalidFileError {
  const hint = 'Every line of a .jsonl file is an object such as {"text": "Once upon a time ..."}.';
  return new InvalidFileError({ file, problem: `line ${line} ${problem}`, hint, cause });
}
