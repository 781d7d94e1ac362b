/** Counts what documents consist of, with progress. */
import { type Documents, type ReadPart, readDocuments } from './documents.js';
import type { CheckedOptions } from './options.js';
import { pacer } from './pacer.js';
import type { PieceTable } from './piece-table.js';

/** Cuts documents into pieces and puts them into a table. */
export interface Counter {
  readonly table: PieceTable;
  /** Bytes of text seen. */
  readonly bytes: number;
  /** Takes the next part of a document. */
  readonly read: ReadPart;
}

/** Shows all documents to a counter; returns its table. */
export async function countDocuments(
  text: Documents,
  counter: Counter,
  { onProgress, signal }: CheckedOptions,
): Promise<PieceTable> {
  const { table, read } = counter;
  const report = (): void =>
    onProgress?.({ type: 'count', bytes: counter.bytes, pieces: table.size, dropped: table.dropped });
  await readDocuments(text, read, pacer(signal, report));
  report();
  return table;
}
