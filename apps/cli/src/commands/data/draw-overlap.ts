/** Tables of what was found and what was taken out. */
import { columns } from '../tokenizer/visible.js';
import type { CleanedFile } from './clean-files.js';
import type { TestOverlap } from './overlap.js';

const number = (value: number): string => value.toLocaleString('en');

/** A row for each test file. */
export function drawOverlap(tests: readonly TestOverlap[]): string {
  return table([
    ['test', 'n', 'documents', 'dirty', 'n-grams', 'found', 'share'],
    ...tests.map(({ file, n, documents, dirty, grams, found, share }) => [
      file,
      `${n}`,
      number(documents),
      number(dirty.length),
      number(grams),
      number(found),
      share === null ? '-' : `${(100 * share).toFixed(2)} %`,
    ]),
  ]);
}

/** A row for each training file. */
export function drawCleaned(files: readonly CleanedFile[]): string {
  return table([
    ['train', 'documents', 'clean', 'cut', 'too many pieces', 'too short', 'characters gone'],
    ...files.map(({ file, documents, outcomes, charactersRemoved }) => [
      file,
      ...[documents, outcomes.clean, outcomes.cut, outcomes['too-many-pieces'], outcomes['too-short']].map(
        number,
      ),
      number(charactersRemoved),
    ]),
  ]);
}

/** Names to the left, numbers to the right. */
function table(rows: readonly string[][]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => columns(row[i]))));
  return rows
    .map((row) =>
      row
        .map((cell, i) => {
          const space = ' '.repeat(widths[i] - columns(cell));
          return i === 0 ? cell + space : space + cell;
        })
        .join('  '),
    )
    .join('\n');
}
