/** Documents of any file: JSON lines, Parquet, plain text. */
import { InvalidFileError } from '@gpt-ts/core';
import { openInput } from '../stage/open-input.js';
import { type ReadOptions, readRecords } from '../stage/read-records.js';
import { END_OF_TEXT } from '../write-corpus.js';
import { fileSize } from './file-size.js';

/** A record that has a text. */
export type TextDocument = Record<string, unknown> & { text: string };

const MAX_TEXT = 256 * 2 ** 20; // characters

/**
 * The documents of a file, one at a time. JSONL (also `.gz`, `.zst`) and Parquet have a record for each, with its text in
 * `text`. In `.txt` (also packed) they stand between `<|endoftext|>`; white space around them is dropped, and so are
 * empty ones.
 *
 * @throws {@link InvalidFileError} when the file cannot be read, or a record has no text.
 */
export async function* readDocuments(path: string, options: ReadOptions = {}): AsyncGenerator<TextDocument> {
  if (/\.txt(\.gz|\.zst)?$/.test(path)) {
    for await (const text of separated(path, options)) {
      const trimmed = text.trim();
      if (trimmed !== '') yield { text: trimmed };
    }
    return;
  }
  let number = 0;
  for await (const record of readRecords(path, options)) {
    number++;
    if (!hasText(record)) {
      const problem = `must be a string, got ${record.text === undefined ? 'nothing' : typeof record.text}`;
      throw new InvalidFileError({ file: path, field: `document ${number}, text`, problem });
    }
    yield record;
  }
}

function hasText(record: Record<string, unknown>): record is TextDocument {
  return typeof record.text === 'string';
}

async function* separated(path: string, options: ReadOptions): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of openInput(path, options)) {
    const searched = Math.max(0, held.length - END_OF_TEXT.length + 1);
    held += decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let at = held.indexOf(END_OF_TEXT, searched); at >= 0; at = held.indexOf(END_OF_TEXT, from)) {
      yield held.slice(from, at);
      from = at + END_OF_TEXT.length;
    }
    held = held.slice(from);
    if (held.length <= MAX_TEXT) continue;
    const problem = `has a document of more than ${MAX_TEXT} characters`;
    throw new InvalidFileError({ file: path, problem, hint: `Put ${END_OF_TEXT} between documents.` });
  }
  yield held + decoder.decode();
}

/** What reading several files may tell. */
export interface ReadAllOptions {
  signal?: AbortSignal;
  /** Gets how much has been read, from 0 to 1. */
  onShare?(share: number): void;
}

/** The documents of all files, in order, with their numbers from 0. */
export async function* numberedDocuments(
  paths: readonly string[],
  { signal, onShare }: ReadAllOptions = {},
): AsyncGenerator<[number, TextDocument]> {
  const sizes = await Promise.all(paths.map(fileSize));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  let number = 0;
  for (const [i, path] of paths.entries()) {
    const onBytes = (bytes: number) => onShare?.((before + bytes) / all);
    for await (const document of readDocuments(path, { signal, onBytes })) yield [number++, document];
    before += sizes[i];
  }
}
