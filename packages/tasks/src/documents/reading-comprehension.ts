/** Passages with questions: what SQuAD, CoQA, QuAC, DROP and RACE have in common. */
import type { TaskDocument } from '../evaluation/task.js';
import type { Row } from '../reading/row.js';

/** A question and what counts as an answer, the one to show first. None where the passage does not answer it. */
export interface Turn {
  readonly question: string;
  readonly answers: readonly string[];
}

/** Where a question stands among those about the same passage. */
export interface InTurn {
  /** All questions about the passage, in their order; those before `turn` are the history. Shared by all documents of a passage. */
  readonly turns: readonly Turn[];
  /** Which of them is asked, from 0. */
  readonly turn: number;
}

/** A question about a passage. */
export interface PassageDocument extends TaskDocument, Turn, InTurn {
  /** Empty where there is none. */
  readonly title: string;
  readonly passage: string;
}

/** One document for each question about a passage. */
export function eachTurn<P, T extends Turn>(passage: P, turns: readonly T[]): (P & T & InTurn)[] {
  return turns.map((asked, turn) => ({ ...passage, ...asked, turns, turn }));
}

/** Texts without those that came before. */
export function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** The texts of a list of objects, each once; at least one. */
export function answersIn(row: Row, column: string): string[] {
  const answers = distinct(row.objects(column).map((answer) => answer.text('text')));
  if (answers.length > 0) return answers;
  throw row.fail(column, 'one answer or more', []);
}
