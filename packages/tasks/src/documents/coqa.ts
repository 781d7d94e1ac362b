/**
 * CoQA: a conversation about a passage.
 *
 * @see Reddy et al. 2019, CoQA: a conversational question answering challenge; JSON, `data[]` with `story`, `questions`, `answers` and,
 * in the dev file, three lists of `additional_answers`.
 */
import { itemRows, listIn, parseJson } from '../reading/json.js';
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { eachTurn, type PassageDocument } from './reading-comprehension.js';

/**
 * Reads `coqa-dev-v1.0.json`. Answers are in free words, `unknown` among them; those of other people come after the first, each as often
 * as people gave it: CoQA's F1 is a mean over people.
 */
export const readCoqa: Reader<PassageDocument> = rowReader(
  (text, file) => itemRows(listIn(parseJson(text, file), 'data', file), file),
  (row) => {
    const questions = row.objects('questions');
    const others = row.fields.has('additional_answers') ? row.object('additional_answers') : undefined;
    const lists = [
      answersTo(questions, row, 'answers'),
      ...Array.from(others?.fields.keys() ?? [], (name) => answersTo(questions, others!, name)),
    ];
    const turns = questions.map((question, i) => ({
      question: question.text('input_text'),
      answers: lists.map((list) => list[i]),
    }));
    return eachTurn({ title: '', passage: row.text('story'), source: row.source }, turns);
  },
);

/** The answers of one person, which have to be in the order of the questions. */
function answersTo(questions: readonly Row[], row: Row, column: string): string[] {
  const answers = row.objects(column);
  const turns = (rows: readonly Row[]) => rows.map((each) => each.name('turn_id')).join(', ');
  const expected = turns(questions);
  if (turns(answers) !== expected) throw row.fail(column, `answers to turns ${expected}`, turns(answers));
  return answers.map((answer) => answer.text('input_text'));
}
