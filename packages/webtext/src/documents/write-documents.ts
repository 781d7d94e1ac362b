/** A stage's records as one file. */
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { openDuckDb } from '../stage/duck-db.js';
import { END_OF_TEXT } from '../write-corpus.js';
import { readDocuments } from './read-documents.js';

const CHUNK_CHARACTERS = 1 << 20;
const MAX_RECORD = 64 * 2 ** 20; // bytes; DuckDB takes twice that at once
const GROUP_ROWS = 20_480; // in a row group: texts are large

/**
 * The texts alone, `<|endoftext|>` on a line of its own after each; a text that has it inside gets it with spaces, as it cannot
 * end itself. The file is there whole or not at all.
 */
export async function writePlainText(
  parts: readonly string[],
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  await new FolderStorage(dirname(path)).write(basename(path), plainText(parts, signal));
}

async function* plainText(parts: readonly string[], signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let held = '';
  for (const part of parts) {
    for await (const { text } of readDocuments(part, { signal })) {
      held += `${text.replaceAll(END_OF_TEXT, '<| endoftext |>')}\n${END_OF_TEXT}\n`;
      if (held.length < CHUNK_CHARACTERS) continue;
      yield encoder.encode(held);
      held = '';
    }
  }
  yield encoder.encode(held);
}

/** All fields, in a column each, packed with Zstandard. The file is there whole or not at all. */
export async function writeParquet(parts: readonly string[], path: string): Promise<void> {
  using db = await openDuckDb({ threads: 1, scratch: dirname(path) });
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const from =
    parts.length === 0
      ? "select '' as text where false"
      : `select * from read_json([${parts.map(quoted).join(', ')}], format = 'newline_delimited', union_by_name = true, maximum_object_size = ${MAX_RECORD})`;
  const unfinished = join(dirname(path), `${basename(path)}.part`);
  try {
    const options = `format parquet, compression zstd, row_group_size ${GROUP_ROWS}`;
    await db.run(`copy (${from}) to ${quoted(unfinished)} (${options})`);
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
