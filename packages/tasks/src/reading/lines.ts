/** Lines of text files. */
import type { LazyRow } from './read-rows.js';
import { Row } from './row.js';

/** A line and its number, from 1. */
export interface Line {
  row: number;
  line: string;
}

/** A text without its byte order mark, with LF line ends. */
export function plainText(text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
}

/** The lines of a text, blank ones among them; what follows the last line end is a line unless it is empty. */
export function* allLines(text: string): Generator<Line> {
  const plain = plainText(text);
  let row = 1;
  for (let start = 0; start < plain.length; row++) {
    const newline = plain.indexOf('\n', start);
    const end = newline < 0 ? plain.length : newline;
    yield { row, line: plain.slice(start, end) };
    start = end + 1;
  }
}

/** The lines of a text that are not blank. */
export function* lines(text: string): Generator<Line> {
  for (const each of allLines(text)) if (each.line.trim() !== '') yield each;
}

/** Lines as rows of one column. */
export function* lineRows(all: Iterable<Line>, file: string, column: string): Generator<LazyRow> {
  for (const { row, line } of all) yield () => new Row({ file, row }, new Map([[column, line]]));
}
