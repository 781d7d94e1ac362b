/** Translation: two plain texts, line by line. WMT's newstest, FLORES and most parallel corpora are published so. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { TaskDocument } from '../evaluation/task.js';
import { allLines, lineRows } from '../reading/lines.js';
import { pairedRows } from '../reading/paired-rows.js';
import { readRows } from '../reading/read-rows.js';
import type { Reader } from '../reading/reader.js';
import type { TextFile } from '../sets/task-set.js';

/** A sentence in two languages. */
export interface TranslationDocument extends TaskDocument {
  readonly from: string;
  readonly to: string;
}

/**
 * Reads two files: first the one to translate from, then the one to translate to. Its source is in the first.
 *
 * @throws InvalidFileError when one has more lines than the other.
 */
export const readTranslation: Reader<TranslationDocument> = (files, onBadRow) => {
  const [from, to, ...more] = files;
  if (to === undefined || more.length > 0) {
    const received = files.map(({ name }) => name);
    throw new InvalidArgumentError({ argument: 'files', expected: 'a file and its translation', received });
  }
  const rows = ({ text, name }: TextFile) => ({ file: name, rows: lineRows(allLines(text), name, 'line') });
  return readRows(pairedRows(rows(from), rows(to)), from.name, onBadRow, ([one, other]) => ({
    from: one.text('line'),
    to: other.text('line'),
    source: one.source,
  }));
};
