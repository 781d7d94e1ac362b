/**
 * Pairs of sentences without an order: do they say the same, and how much of it?
 *
 * @see Quora Question Pairs as in GLUE (Wang et al. 2018): TSV with a header, `question1`, `question2`, `is_duplicate`; Cer et al. 2017,
 * STS-B: CSV without a header, two sentences and a score from 0 to 5; Marelli et al. 2014, SICK, with a score from 1 to 5.
 */
import type { TaskDocument } from '../evaluation/task.js';
import type { SimilarityExample } from '../example.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { csvRows, tsvTable } from '../reading/table.js';

/** Two texts and how alike they are. */
export interface ScoredPair extends TaskDocument {
  readonly a: string;
  readonly b: string;
  /** From 0 or 1, nothing in common, to 5, the same. */
  readonly score: number;
}

/** Reads `train.tsv` or `dev.tsv`; 1 is a duplicate. */
export const readQqp: Reader<SimilarityExample> = rowReader(
  tsvTable(['question1', 'question2', 'is_duplicate']),
  (row) => ({
    form: 'similarity',
    a: row.text('question1'),
    b: row.text('question2'),
    label: row.index('is_duplicate', 2),
    source: row.source,
  }),
);

/** Reads `stsb-en-dev.csv` and its like. */
export const readStsb: Reader<ScoredPair> = rowReader(
  (text, file) => csvRows(text, file, ['sentence1', 'sentence2', 'score'], { header: false }),
  (row) => ({
    a: row.text('sentence1'),
    b: row.text('sentence2'),
    score: row.number('score', 0, 5),
    source: row.source,
  }),
);

/** Reads the relatedness of `SICK_train.txt` or `SICK_trial.txt`. */
export const readSickRelatedness: Reader<ScoredPair> = rowReader(
  tsvTable(['sentence_A', 'sentence_B', 'relatedness_score']),
  (row) => ({
    a: row.text('sentence_A'),
    b: row.text('sentence_B'),
    score: row.number('relatedness_score', 1, 5),
    source: row.source,
  }),
);
