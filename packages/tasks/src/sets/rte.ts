/**
 * RTE: does a text entail a hypothesis?
 *
 * @see Dagan et al. 2005, The PASCAL recognising textual entailment challenge, and its successors; the layout is that of
 * GLUE (Wang et al. 2018, gluebenchmark.com): TSV with a header, `index`, `sentence1`, `sentence2`, `label` in any order.
 */
import type { EntailmentExample } from '../example.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import { tsvRows } from '../reading/table.js';
import type { TaskSet } from './task-set.js';

const CLASSES = ['entailment', 'not_entailment'];

/** Reads `train.tsv` or `dev.tsv`. Labels are spelt out, as in GLUE, or 0 for entailment and 1. */
export function readRte(text: string, file: string, onBadRow?: OnBadRow): EntailmentExample[] {
  const rows = tsvRows(text, file, ['sentence1', 'sentence2', 'label']);
  return readRows(rows, file, onBadRow, (row) => ({
    form: 'entailment',
    premise: row.text('sentence1'),
    hypothesis: row.text('sentence2'),
    label: row.oneOf('label', [...CLASSES, '0', '1']) % 2,
    source: row.source,
  }));
}

export const rte: TaskSet<'entailment'> = {
  name: 'rte',
  form: 'entailment',
  classes: CLASSES,
  files: { train: ['train.tsv'] },
  devShare: 0.1,
  metric: 'accuracy',
  read: eachFile(readRte),
};
