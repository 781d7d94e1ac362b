/**
 * Multiple-choice questions of science: ARC, and OpenBookQA in the same layout.
 *
 * @see Clark et al. 2018, Think you have solved question answering?; Mihaylov et al. 2018, Can a suit of armor conduct
 * electricity?; JSONL with `question` (`stem`, `choices` with `text` and `label`) and `answerKey`.
 */
import type { MultipleChoiceExample } from '../example.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';

/**
 * Reads `ARC-Easy-Dev.jsonl` and its like, and OpenBookQA's `dev.jsonl`: the stem is the context. Three to five choices, labelled A
 * to E or 1 to 5.
 */
export const readArc: Reader<MultipleChoiceExample> = rowReader(jsonlRows, (row) => {
  const question = row.object('question');
  const choices = question.objects('choices');
  if (choices.length < 2) throw question.fail('choices', 'two or more', choices.length);
  const names = choices.map((choice) => choice.text('label'));
  return {
    form: 'multiple-choice',
    context: question.text('stem'),
    options: choices.map((choice) => choice.text('text')),
    label: row.oneOf('answerKey', names),
    source: row.source,
  };
});
