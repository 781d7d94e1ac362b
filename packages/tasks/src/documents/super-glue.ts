/**
 * SuperGLUE's JSONL files: BoolQ, CB, COPA, RTE, WiC and WSC; MultiRC and ReCoRD are in files of their own.
 *
 * @see Wang et al. 2019, SuperGLUE: a stickier benchmark for general-purpose language understanding systems, and the papers of the
 * eight sets that it names.
 */
import type { TaskDocument } from '../evaluation/task.js';
import type { EntailmentExample, MultipleChoiceExample } from '../example.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { choiceOf } from './choice.js';
import { entailmentClasses, entailmentOf, nliClasses } from './nli.js';

const TRUTH = ['false', 'true'];
const PAIR = { premise: 'premise', hypothesis: 'hypothesis' };

/** A question that a passage answers with yes or no. */
export interface BoolqDocument extends TaskDocument {
  /** `Title -- text`, as in the file. */
  readonly passage: string;
  /** Without a question mark. */
  readonly question: string;
  /** 1 for yes. */
  readonly label: number;
}

/** Reads `BoolQ/val.jsonl`, or BoolQ's own `dev.jsonl`, which calls the label `answer` and keeps the title apart. */
export const readBoolq: Reader<BoolqDocument> = rowReader(jsonlRows, (row) => {
  const title = row.maybe('title');
  return {
    passage: title === '' ? row.text('passage') : `${title} -- ${row.text('passage')}`,
    question: row.text('question'),
    label: row.oneOf(row.fields.has('answer') ? 'answer' : 'label', TRUTH),
    source: row.source,
  };
});

/** Reads `CB/val.jsonl`. */
export const readCb: Reader<EntailmentExample> = rowReader(jsonlRows, (row) =>
  entailmentOf(row, PAIR, row.oneOf('label', nliClasses)),
);

/** Reads `RTE/val.jsonl`; `readRte` reads GLUE's. */
export const readSuperGlueRte: Reader<EntailmentExample> = rowReader(jsonlRows, (row) =>
  entailmentOf(row, PAIR, row.oneOf('label', entailmentClasses)),
);

/** A premise and two alternatives. */
export interface CopaDocument extends MultipleChoiceExample {
  readonly asksFor: 'cause' | 'effect';
}

/** Reads `COPA/val.jsonl`; `readCopa` reads the XML of the paper. */
export const readSuperGlueCopa: Reader<CopaDocument> = rowReader(jsonlRows, (row) => ({
  ...choiceOf(row, { context: 'premise', options: ['choice1', 'choice2'] }, row.index('label', 2)),
  asksFor: row.oneOf('question', ['cause', 'effect']) === 0 ? 'cause' : 'effect',
}));

/** A word in two sentences. */
export interface WicDocument extends TaskDocument {
  readonly word: string;
  readonly sentence1: string;
  readonly sentence2: string;
  /** 1 when it means the same in both. */
  readonly label: number;
}

/** Reads `WiC/val.jsonl`. */
export const readWic: Reader<WicDocument> = rowReader(jsonlRows, (row) => ({
  word: row.text('word'),
  sentence1: row.text('sentence1'),
  sentence2: row.text('sentence2'),
  label: row.oneOf('label', TRUTH),
  source: row.source,
}));
