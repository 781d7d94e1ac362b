/**
 * The Children's Book Test: which word is missing from the 21st sentence of a piece of a story?
 *
 * @see Hill et al. 2016, The Goldilocks principle; a file for each class of word (NE, CN, V, P), blocks of 21 numbered lines. The
 * last has a sentence with XXXXX, the word, and ten candidates joined by `|`, with tabs between them.
 */
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import { allLines } from '../reading/lines.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { Row } from '../reading/row.js';
import { aroundGap, type GapDocument } from './gap.js';

const SENTENCES = 20;

/** The sentence with the gap, in the tokenised form of the file. */
export interface CbtDocument extends GapDocument {
  /** The 20 sentences before it. */
  readonly context: readonly string[];
}

/** Reads `cbtest_NE_valid_2000ex.txt` and its like. */
export const readCbt: Reader<CbtDocument> = rowReader(blockRows, (row) => {
  const options = row.text('options').split('|');
  return {
    context: row.texts('context'),
    ...aroundGap(row, 'question', 'XXXXX'),
    options,
    label: row.oneOf('answer', options),
    source: row.source,
  };
});

/** A blank line, or a line with the number 1, begins a new block. A block's row is its first line. */
function* blockRows(text: string, file: string): Generator<LazyRow> {
  let block: string[] = [];
  let row = 1;
  for (const { line, row: at } of allLines(text)) {
    const isBlank = line.trim() === '';
    if ((isBlank || line.startsWith('1 ')) && block.length > 0) {
      yield blockRow(block, { file, row });
      block = [];
    }
    if (isBlank) continue;
    if (block.length === 0) row = at;
    block.push(line);
  }
  if (block.length > 0) yield blockRow(block, { file, row });
}

function blockRow(block: readonly string[], source: { file: string; row: number }): LazyRow {
  return () => {
    const texts = block.map((line, i) =>
      line.startsWith(`${i + 1} `) ? line.slice(`${i + 1} `.length) : '',
    );
    const cells = texts[SENTENCES]?.split('\t') ?? [];
    if (block.length !== SENTENCES + 1 || texts.includes('') || cells.length !== 4) {
      const expected = `lines numbered 1 to ${SENTENCES + 1}, the last with 4 cells`;
      throw new InvalidExampleError({ ...source, expected, received: block.at(-1) });
    }
    const [question, answer, , options] = cells;
    return new Row(
      source,
      new Map<string, string | string[]>([
        ...Object.entries({ question, answer, options }),
        ['context', texts.slice(0, SENTENCES)],
      ]),
    );
  };
}
