/** What the benchmark of tokenizers says, row by row. */

import { median } from './statistics.js';

/** One figure of one implementation. */
export interface TokenizerRow {
  name: string;
  library: string;
  /** Median over the rounds. */
  value: number;
  /** The smallest and the largest. */
  spread: [least: number, most: number];
  unit: string;
  /** What the ratio compares with. */
  against?: string;
  /** Median over the rounds; larger is better, whatever the unit. */
  ratio?: number;
  /** What the ratio has to reach. */
  bar?: number;
}

/** The figures of a text that took this long, in milliseconds a round. */
export function throughput(
  text: string,
  times: readonly number[],
): Pick<TokenizerRow, 'value' | 'spread' | 'unit'> {
  const megabytes = Buffer.byteLength(text) / 1e6;
  const rates = times.map((ms) => (1000 * megabytes) / ms);
  return { value: median(rates), spread: spreadOf(rates), unit: 'MB/s' };
}

/** The smallest and the largest. */
export function spreadOf(values: readonly number[]): [least: number, most: number] {
  return [Math.min(...values), Math.max(...values)];
}

const HEAD = ['what', 'library', 'median', 'least', 'most', 'unit', 'ratio', 'bar', 'against'];

/** Rows as people read them. */
export function tokenizerTable(rows: readonly TokenizerRow[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  const line = (row: string[]) => row.map((cell, i) => cell.padEnd(widths[i])).join('  ');
  return cells.map((row) => line(row).trimEnd()).join('\n');
}

/** One row in one line, for those who wait. */
export function tokenizerRowLine(row: TokenizerRow): string {
  const [name, library, value, , , unit, ratio, , against] = cellsOf(row);
  return `${name}  ${library}: ${value} ${unit}${ratio === '' ? '' : `, ratio ${ratio} against ${against}`}`;
}

function cellsOf({ name, library, value, spread, unit, ratio, bar, against }: TokenizerRow): string[] {
  const numbers = [value, ...spread].map(digits);
  return [name, library, ...numbers, unit, digits(ratio), digits(bar), against ?? ''];
}

/** Three digits that count. */
function digits(value: number | undefined): string {
  if (value === undefined) return '';
  return Math.abs(value) >= 100 ? `${Math.round(value)}` : `${Number(value.toPrecision(3))}`;
}
