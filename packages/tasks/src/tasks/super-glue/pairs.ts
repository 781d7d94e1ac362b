/** SuperGLUE's questions about two texts, or one and a word: CB, RTE, BoolQ, WiC and COPA (GPT-3 section 3.7). */
import {
  type BoolqDocument,
  type CopaDocument,
  readBoolq,
  readCb,
  readSuperGlueCopa,
  readSuperGlueRte,
  readWic,
  type WicDocument,
} from '../../documents/super-glue.js';
import type { Metric, Task } from '../../evaluation/task.js';
import type { EntailmentExample } from '../../example.js';
import { confusion } from '../../metrics/confusion.js';
import { f1 } from '../../metrics/f1.js';
import { choiceTask } from '../choice-task.js';
import { gpt3Figures } from '../gpt-3-figures.js';
import { SUPER_GLUE } from './super-glue-parts.js';

const NO_YES = [' no', ' yes'];

export const boolq: Task<'choice', BoolqDocument> = choiceTask({
  ...SUPER_GLUE,
  name: 'boolq',
  version: 1,
  title: 'Does a passage say yes or no?',
  read: readBoolq,
  ask: ({ passage, question }) => ({
    context: `${passage.trim()}\nquestion: ${question.trim()}?\nanswer:`,
    choices: NO_YES,
  }),
  inContext: { k: 32 },
  published: [],
});

export const cb: Task<'choice', EntailmentExample> = choiceTask({
  ...SUPER_GLUE,
  name: 'cb',
  version: 1,
  title: 'Does the writer of a text hold a clause of it for true?',
  read: readCb,
  ask: ({ premise, hypothesis }) => ({
    context: `${premise.trim()}\nquestion: ${hypothesis.trim()} true, false, or neither?\nanswer:`,
    choices: [' true', ' neither', ' false'],
  }),
  inContext: { k: 32 },
  metrics: { 'macro f1': macroF1(3) },
  published: [],
});

export const rte: Task<'choice', EntailmentExample> = choiceTask({
  ...SUPER_GLUE,
  name: 'rte',
  version: 1,
  title: 'Does one text follow from another?',
  read: readSuperGlueRte,
  ask: ({ premise, hypothesis }) => ({
    context: `${premise.trim()}\nquestion: ${hypothesis.trim()} True or False?\nanswer:`,
    choices: [' True', ' False'],
  }),
  inContext: { k: 32 },
  published: [gpt3Figures('few-shot, K = 32', 'accuracy', [52.3, 48.4, 46.9, 50.9, 56.3, 49.5, 60.6, 72.9])],
});

export const wic: Task<'choice', WicDocument> = choiceTask({
  ...SUPER_GLUE,
  name: 'wic',
  version: 1,
  title: 'Does a word mean the same in two sentences?',
  read: readWic,
  ask: ({ word, sentence1, sentence2 }) => ({
    context: `${sentence1.trim()}\n${sentence2.trim()}\nquestion: Is the word '${word}' used in the same way in the two sentences above?\nanswer:`,
    choices: NO_YES,
  }),
  inContext: { k: 32 },
  published: [],
});

export const copa: Task<'choice', CopaDocument> = choiceTask({
  ...SUPER_GLUE,
  name: 'copa',
  version: 1,
  title: 'Which is the cause, or the effect?',
  read: readSuperGlueCopa,
  ask: ({ context, asksFor, options }) => ({
    context: `${context.trim().replace(/[.!?]$/, '')} ${asksFor === 'cause' ? 'because' : 'so'}`,
    choices: options.map((option) => ` ${inSentence(option.trim())}`),
  }),
  inContext: { k: 32 },
  published: [],
});

/** The mean of the F1 of each class. */
function macroF1(nClasses: number): Metric {
  return {
    unit: 'share',
    of: (outcomes) => {
      const [predicted, gold] = ['predicted', 'gold'].map((name) =>
        outcomes.map((each) => Number(each[name])),
      );
      const counts = confusion(predicted, gold, nClasses);
      return counts.reduce((sum, _, positive) => sum + f1(counts, positive), 0) / nClasses;
    },
  };
}

/** A sentence as a clause: with a small letter, unless it begins with I. */
function inSentence(sentence: string): string {
  return /^I\b/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
