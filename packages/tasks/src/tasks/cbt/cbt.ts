/**
 * Children's Book Test: which word is missing? The likeliest sentence of ten, after the twenty before it.
 *
 * @see GPT-2 section 3.2: "the probability of each choice and the rest of the sentence conditioned on this choice". What stands before
 * the gap is the same in all ten, so the whole sentence has the same order.
 */
import { cbt as detokenizer } from '../../detokenize/treebank.js';
import { type CbtDocument, readCbt } from '../../documents/cbt.js';
import { choiceMetrics, judgeChoice } from '../../evaluation/judge.js';
import type { Published, Task } from '../../evaluation/task.js';
import { commonBeginning } from '../common-beginning.js';

const plain = (text: string) => detokenizer.detokenize(text);

function cbtTask(
  kind: string,
  title: string,
  published: readonly Published[] = [],
): Task<'choice', CbtDocument> {
  return {
    name: `cbt-${kind.toLowerCase()}`,
    version: 1,
    title,
    paper: 'GPT-2 section 3.2',
    kind: 'choice',
    // The paper reports validation: a book of the test part is in WebText
    files: { test: [`cbtest_${kind}_valid_2000ex.txt`] },
    read: readCbt,
    ask: ({ context, before, options, after }) =>
      commonBeginning(
        options.map((option) => plain(before + option + after)),
        context.map(plain).join(' '),
      ),
    judge: ({ label }, answer) => judgeChoice(answer, label, 'plain'),
    metrics: {
      accuracy: choiceMetrics.accuracy,
      'accuracy, length-normalised': choiceMetrics['accuracy, length-normalised'],
    },
    published,
  };
}

function table3(values: Published['values']): Published {
  return { source: 'GPT-2 Table 3', setting: 'zero-shot, validation', metric: 'accuracy', values };
}

export const cbtCn: Task<'choice', CbtDocument> = cbtTask(
  'CN',
  'Which common noun is missing from a story?',
  [table3({ '117M': 87.65, '345M': 92.35, '762M': 93.45, '1542M': 93.3 })],
);
export const cbtNe: Task<'choice', CbtDocument> = cbtTask('NE', 'Which name is missing from a story?', [
  table3({ '117M': 83.4, '345M': 87.1, '762M': 88.0, '1542M': 89.05 }),
]);
const cbtV: Task<'choice', CbtDocument> = cbtTask('V', 'Which verb is missing from a story?');
const cbtP: Task<'choice', CbtDocument> = cbtTask('P', 'Which preposition is missing from a story?');

/** By class of the missing word. */
export const cbt: readonly Task[] = [cbtCn, cbtNe, cbtV, cbtP];
