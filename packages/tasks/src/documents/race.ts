/** RACE as GPT-3 asks it: a question after the earlier ones about the same passage (Brown et al. 2020, Figure G.2). */
import type { MultipleChoiceExample } from '../example.js';
import { type Reader, rowReader } from '../reading/reader.js';
import { passageQuestions, passageRows } from '../sets/race.js';
import type { InTurn } from './reading-comprehension.js';

/** A question with four options, and its place among those about the passage. */
export interface RaceDocument extends MultipleChoiceExample, InTurn {
  readonly question: string;
}

/** Reads `test/high/*.txt`, or a file of passages. */
export const readRacePassages: Reader<RaceDocument> = rowReader(passageRows, (row) => {
  const questions = passageQuestions(row);
  const turns = questions.map(({ question, options, label }) => ({ question, answers: [options[label]] }));
  return questions.map((question, turn) => ({ ...question, turns, turn }));
});
