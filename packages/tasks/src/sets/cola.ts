/**
 * CoLA: is a sentence acceptable English?
 *
 * @see Warstadt et al. 2019, Neural network acceptability judgments; the raw files of nyu-mll.github.io/CoLA: TSV
 * without a header, source, label, the linguist's own mark and the sentence.
 */
import type { ClassificationExample } from '../example.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import { tsvRows } from '../reading/table.js';
import type { TaskSet } from './task-set.js';

/** Reads `in_domain_train.tsv` or a dev file; 1 is acceptable. */
export function readCola(text: string, file: string, onBadRow?: OnBadRow): ClassificationExample[] {
  const columns = ['source', 'label', 'mark', 'sentence'];
  const rows = tsvRows(text, file, columns, { header: false });
  return readRows(rows, file, onBadRow, (row) => ({
    form: 'classification',
    text: row.text('sentence'),
    label: row.oneOf('label', ['0', '1']),
    source: row.source,
  }));
}

export const cola: TaskSet<'classification'> = {
  name: 'cola',
  form: 'classification',
  classes: ['unacceptable', 'acceptable'],
  files: { train: ['in_domain_train.tsv'], dev: ['in_domain_dev.tsv'] },
  metric: 'matthews',
  read: eachFile(readCola),
};
