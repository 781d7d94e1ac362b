/**
 * MultiRC: which of a question's answers are right? Any number of them may be.
 *
 * @see Khashabi et al. 2018, Looking beyond the surface, as in SuperGLUE: JSONL, `passage` with `text` and `questions[]`, each with
 * `question` and `answers[]` of `text` and `label`.
 */
import type { TaskDocument } from '../evaluation/task.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';

/** One answer to judge. */
export interface MultircDocument extends TaskDocument {
  readonly passage: string;
  readonly question: string;
  /** The question's number in its passage, from 1: with `source`, what answers to one question have in common. */
  readonly questionNumber: number;
  readonly answer: string;
  /** 1 when it is right. */
  readonly label: number;
}

/** Reads `MultiRC/val.jsonl`: a document for each answer to each question. */
export const readMultirc: Reader<MultircDocument> = rowReader(jsonlRows, (row) => {
  const passage = row.object('passage');
  const text = passage.text('text');
  return passage.objects('questions').flatMap((asked, i) =>
    asked.objects('answers').map((answer) => ({
      passage: text,
      question: asked.text('question'),
      questionNumber: i + 1,
      answer: answer.text('text'),
      label: answer.index('label', 2),
      source: row.source,
    })),
  );
});
