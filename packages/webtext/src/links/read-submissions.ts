/** Submissions of a dump: `.jsonl` or `.csv` (with a header), plain, `.gz` or `.zst`. Other names are read as JSON lines. */

import { openInput } from '../stage/open-input.js';
import { parseRecord, type ReadOptions } from '../stage/read-records.js';
import { textLines } from '../stage/text-lines.js';
import { csvRecords } from './csv-records.js';

/** A line that is no record is `undefined`: dumps have some, and one is no reason to lose the rest. */
export async function* readSubmissions(
  path: string,
  options: ReadOptions = {},
): AsyncGenerator<Record<string, unknown> | undefined> {
  const lines = textLines(openInput(path, options), path);
  if (/\.csv(\.gz|\.zst)?$/.test(path)) {
    yield* csvRecords(lines, path);
    return;
  }
  for await (const line of lines) if (line.trim() !== '') yield parseRecord(line);
}
