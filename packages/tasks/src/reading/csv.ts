/** Comma-separated values with quotes, RFC 4180. */
import { InvalidFileError } from '@gpt-ts/core';
import Papa from 'papaparse';
import { plainText } from './lines.js';
import type { Cells } from './table.js';

/**
 * The rows of a CSV text. Rows without any text are left out; line ends inside quotes become LF.
 *
 * @throws {@link InvalidFileError} where a quote is not closed or something stands behind it: from there on nobody can
 * tell rows apart.
 */
export function* csvCells(text: string, file: string): Generator<Cells> {
  const { data, errors } = Papa.parse<string[]>(plainText(text), { delimiter: ',', newline: '\n' });
  const broken = errors.find((error) => error.type === 'Quotes');
  let row = 1;
  for (const [i, cells] of data.entries()) {
    if (broken?.row === i) {
      const problem =
        broken.code === 'MissingQuotes' ? 'a quote opens and never closes' : 'text follows a closing quote';
      const hint =
        'Write a quote inside quotes twice, and put cells that hold quotes, commas or line ends in quotes.';
      throw new InvalidFileError({ file, field: `row ${row}`, problem, hint });
    }
    if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
    row += 1 + cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
  }
}
