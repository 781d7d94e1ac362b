/** Draws tokens for people: the text with its borders, a table, and the merges of a piece. */
import type { PieceTrace } from '@gpt-ts/tokenizer';
import type { Token, Totals } from './token-list.js';
import { columns, visible, visibleBytes } from './visible.js';

/** Backgrounds of the 256 colours, light ones for black letters: neighbours differ to most eyes. */
const BACKGROUNDS = [153, 223, 157, 218, 189];

/** The text of some tokens, on a background each, or with `|` between them. */
export function drawText(tokens: readonly Token[], colour: boolean, first = 0): string {
  const shown = tokens.map(({ token, bytes, span }, i) => {
    const text = span === undefined ? visible(token) : visibleBytes(bytes);
    const cell = colour ? paint(text, first + i) : `${first + i === 0 ? '' : '|'}${text}`;
    return bytes.at(-1) === 0x0a ? `${cell}\n` : cell;
  });
  return shown.join('');
}

function paint(text: string, index: number): string {
  return `\x1b[30;48;5;${BACKGROUNDS[index % BACKGROUNDS.length]}m${text}\x1b[0m`;
}

/** A row for each token: its id, its spelling in the vocabulary, its bytes, where in the text it is. */
export function drawTable(tokens: readonly Token[]): string {
  const rows = tokens.map(({ id, token, bytes, span }) => {
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    return [`${id}`, visible(token), hex, span === undefined ? '' : span.join('-')];
  });
  const cells = [['id', 'token', 'bytes', 'characters'], ...rows];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => columns(row[i]))));
  const line = (row: string[]) =>
    row
      .map((cell, i) => `${cell}${' '.repeat(widths[i] - columns(cell))}`)
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

/** How many, in one line. */
export function drawTotals({ tokens, characters, bytes, bytesPerToken }: Totals): string {
  const mean = bytesPerToken === null ? '' : `, ${bytesPerToken.toFixed(2)} bytes per token`;
  return `${amount(tokens, 'token')}, ${amount(characters, 'character')}, ${amount(bytes, 'byte')}${mean}`;
}

function amount(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** How a piece became tokens, a line for each merge: its rank, the pair, and what there is then. */
export function drawTrace({ piece, bytes, steps, ids }: PieceTrace): string {
  const rows = [
    ['', '', bytes.join(' ')],
    ...steps.map(({ rank, merge, tokens }) => [`${rank}`, merge.join(' + '), tokens.join(' ')]),
  ].map((row) => row.map((cell) => cell.split(' ').map(visible).join(' ')));
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => columns(row[i]))));
  const lines = rows.map(([rank, pair, tokens]) => {
    const space = ' '.repeat(widths[1] - columns(pair));
    return `  ${rank.padStart(widths[0])}  ${pair}${space}  ${tokens}`;
  });
  return [visible(piece), ...lines, `  = ${ids.join(' ')}`].join('\n');
}
