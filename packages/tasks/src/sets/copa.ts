/**
 * COPA: which of two alternatives is the likelier cause, or effect, of a premise?
 *
 * @see Roemmele et al. 2011, Choice of plausible alternatives; XML, `<item asks-for most-plausible-alternative>` with
 * `<p>`, `<a1>` and `<a2>`. The questions are the paper's own wording.
 */
import type { MultipleChoiceExample } from '../example.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import { xmlRows } from '../reading/xml.js';
import type { TaskSet } from './task-set.js';

const ASKED = ['cause', 'effect'];
const QUESTIONS = ['What was the cause of this?', 'What happened as a result?'];

/**
 * Reads `copa-dev.xml` or `copa-test.xml`: the premise is the context, and what is asked for becomes the question
 * "What was the cause of this?" or "What happened as a result?".
 */
export function readCopa(text: string, file: string, onBadRow?: OnBadRow): MultipleChoiceExample[] {
  const rows = xmlRows(text, file, 'item');
  return readRows(rows, file, onBadRow, (row) => ({
    form: 'multiple-choice',
    context: row.text('p'),
    question: QUESTIONS[row.oneOf('asks-for', ASKED)],
    options: [row.text('a1'), row.text('a2')],
    label: row.oneOf('most-plausible-alternative', ['1', '2']),
    source: row.source,
  }));
}

export const copa: TaskSet<'multiple-choice'> = {
  name: 'copa',
  form: 'multiple-choice',
  classes: ['1', '2'],
  files: { train: ['copa-dev.xml'] },
  devShare: 0.2,
  metric: 'accuracy',
  read: eachFile(readCopa),
};
