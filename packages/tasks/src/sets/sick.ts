/**
 * SICK: does a sentence entail another, contradict it, or neither?
 *
 * @see Marelli et al. 2014, A SICK cure for the evaluation of compositional distributional semantic models; the files of
 * SemEval-2014 task 1: TSV with a header, `pair_ID`, `sentence_A`, `sentence_B`, `relatedness_score`,
 * `entailment_judgment`.
 */
import type { EntailmentExample } from '../example.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import { tsvRows } from '../reading/table.js';
import type { TaskSet } from './task-set.js';

const CLASSES = ['ENTAILMENT', 'NEUTRAL', 'CONTRADICTION'];

/** Reads `SICK_train.txt` or `SICK_trial.txt`. Relatedness is left aside. */
export function readSick(text: string, file: string, onBadRow?: OnBadRow): EntailmentExample[] {
  const columns = ['sentence_A', 'sentence_B', 'entailment_judgment'];
  const rows = tsvRows(text, file, columns);
  return readRows(rows, file, onBadRow, (row) => ({
    form: 'entailment',
    premise: row.text('sentence_A'),
    hypothesis: row.text('sentence_B'),
    label: row.oneOf('entailment_judgment', CLASSES),
    source: row.source,
  }));
}

export const sick: TaskSet<'entailment'> = {
  name: 'sick',
  form: 'entailment',
  classes: CLASSES,
  files: { train: ['SICK_train.txt'], dev: ['SICK_trial.txt'] },
  metric: 'accuracy',
  read: eachFile(readSick),
};
