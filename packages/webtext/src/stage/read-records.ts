/** Records of a file, one at a time, whatever their number. */
import { InvalidFileError } from '@gpt-ts/core';
import { openDuckDb } from './duck-db.js';
import { openInput } from './open-input.js';
import { textLines } from './text-lines.js';

/** What reading may be told, and may tell. */
export interface ReadOptions {
  signal?: AbortSignal;
  /** Gets the bytes of the file (as it is on disk) that have been read. */
  onBytes?(bytes: number): void;
}

/**
 * Reads JSONL, also `.gz` and `.zst`, or Parquet.
 *
 * @throws {@link InvalidFileError} with the number of the line that is no JSON object.
 */
export async function* readRecords(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<Record<string, unknown>> {
  if (path.endsWith('.parquet')) {
    yield* parquetRecords(path, options);
    return;
  }
  let number = 0;
  for await (const line of textLines(openInput(path, options), path)) {
    number++;
    if (line.trim() === '') continue;
    const record = parseRecord(line);
    if (record === undefined) {
      throw new InvalidFileError({ file: path, field: `line ${number}`, problem: 'is no JSON object' });
    }
    yield record;
  }
}

/** A line as an object, or `undefined` where it is none. */
export function parseRecord(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

async function* parquetRecords(
  path: string,
  { signal }: ReadOptions,
): AsyncGenerator<Record<string, unknown>> {
  using db = await openDuckDb();
  for await (const row of db.rows('select * from read_parquet($path)', { path })) {
    signal?.throwIfAborted();
    yield row;
  }
}
