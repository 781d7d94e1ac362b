import type { TextFile } from '../../src/documents.js';

/** A file named `f`, or otherwise. */
export function file(text: string, name = 'f'): TextFile {
  return { name, text };
}

/** A file of one JSON object a line. */
export function jsonl(...rows: readonly object[]): TextFile {
  return file(`${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

/** A file of one JSON value. */
export function json(value: unknown): TextFile {
  return file(JSON.stringify(value, null, 1));
}

/** Where a made-up document stands. */
export function at(row: number, name = 'f'): { file: string; row: number } {
  return { file: name, row };
}
