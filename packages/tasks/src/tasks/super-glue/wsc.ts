/** WSC: the model names what a pronoun stands for, and SuperGLUE asks whether that is a given noun (GPT-3 Figure G.13). */
import { readWsc, type WscDocument } from '../../documents/wsc.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import { normaliseAnswer } from '../../metrics/exact-match.js';
import { FREE_FORM, writingTask } from '../writing-task.js';
import { SUPER_GLUE } from './super-glue-parts.js';

const INSTRUCTIONS = `Final Exam with Answer Key
Instructions: Please carefully read the following passages. For each passage, you must identify which noun the pronoun marked in *bold* refers to.
=====`;

export const wsc: Task<'writing', WscDocument> = writingTask({
  ...SUPER_GLUE,
  name: 'wsc',
  version: 1,
  title: 'Does a pronoun stand for a noun?',
  read: readWsc,
  ask: ({ before, pronoun, after }) =>
    `Passage: ${before}*${pronoun}*${after}\nQuestion: In the passage above, what does the pronoun "*${pronoun}*" refer to?\nAnswer:`,
  writing: { maxNewTokens: 24, stop: ['\n'], decoding: FREE_FORM },
  completion: ({ noun, label }) => (label === 1 ? ` ${noun}` : undefined), // what is right instead is not known
  judge: ({ noun, label }, text) => {
    const predicted = Number(isSameNoun(text, noun));
    return { gold: label, predicted, correct: Number(predicted === label) };
  },
  inContext: { k: 32, description: INSTRUCTIONS, delimiter: '\n', sameForAll: true },
  metrics: { accuracy: meanOf('correct') },
  published: [],
});

/** Whether all words of one are in the other: `'Edward'`, `'his son Edward'`. */
function isSameNoun(a: string, b: string): boolean {
  const [fewer, more] = [a, b]
    .map((text) => normaliseAnswer(text).split(' '))
    .sort((x, y) => x.length - y.length);
  return fewer[0] !== '' && fewer.every((word) => more.includes(word));
}
