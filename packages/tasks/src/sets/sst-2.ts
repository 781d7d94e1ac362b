/**
 * SST-2: is a sentence of a film review positive?
 *
 * @see Socher et al. 2013, Recursive deep models for semantic compositionality over a sentiment treebank; the layout is
 * that of GLUE (Wang et al. 2018, gluebenchmark.com): TSV with a header, `sentence`, `label`.
 */
import type { ClassificationExample } from '../example.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import { tsvRows } from '../reading/table.js';
import type { TaskSet } from './task-set.js';

/** Reads `train.tsv` or `dev.tsv`; 1 is positive. */
export function readSst2(text: string, file: string, onBadRow?: OnBadRow): ClassificationExample[] {
  const rows = tsvRows(text, file, ['sentence', 'label']);
  return readRows(rows, file, onBadRow, (row) => ({
    form: 'classification',
    text: row.text('sentence'),
    label: row.oneOf('label', ['0', '1']),
    source: row.source,
  }));
}

export const sst2: TaskSet<'classification'> = {
  name: 'sst-2',
  form: 'classification',
  classes: ['negative', 'positive'],
  files: { train: ['train.tsv'], dev: ['dev.tsv'] },
  metric: 'accuracy',
  read: eachFile(readSst2),
};
