/** Questions whose answers stand in a passage, answered in free words: CoQA, QuAC, SQuAD and DROP (GPT-3 section 3.7). */
import { readCoqa } from '../../documents/coqa.js';
import { type DropDocument, readDrop } from '../../documents/drop.js';
import type { PassageDocument, Turn } from '../../documents/reading-comprehension.js';
import { type QuacDocument, readQuac, readSquad } from '../../documents/squad.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Metric, Task } from '../../evaluation/task.js';
import { answerF1, coqaF1 } from '../../metrics/answer-f1.js';
import { dropF1 } from '../../metrics/drop-f1.js';
import { exactMatch, normaliseAnswer } from '../../metrics/exact-match.js';
import { gpt3Figures } from '../gpt-3-figures.js';
import { FREE_FORM, writingTask } from '../writing-task.js';
import { questionsUpTo } from './history.js';

/** What stands for no answer in SQuAD v2.0. */
const NO_ANSWER = 'unanswerable';

const f1First: Readonly<Record<string, Metric>> = { f1: meanOf('f1'), 'exact match': meanOf('exactMatch') };

/** An answer is a line. */
const line = (maxNewTokens: number) => ({ maxNewTokens, stop: ['\n'], decoding: FREE_FORM });

export const coqa: Task<'writing', PassageDocument> = writingTask<PassageDocument>({
  name: 'coqa',
  version: 1,
  title: 'Questions of a conversation about a passage',
  paper: 'GPT-3 section 3.7',
  files: { test: ['coqa-dev-v1.0.json'], train: ['coqa-train-v1.0.json'] },
  read: readCoqa,
  ask: ({ passage, turns, turn }) => `${passage.trim()}\n\n${questionsUpTo(turns, turn)}`,
  writing: line(48),
  completion: firstAnswer,
  judge: ({ answers }, text) => ({ f1: coqaF1(text, answers), exactMatch: exactMatch(text, answers) }),
  inContext: { k: 5 },
  metrics: f1First,
  published: [gpt3Figures('few-shot, K = 5', 'f1', [31.1, 52.0, 62.7, 66.8, 73.2, 77.3, 79.9, 85.0])],
});

export const quac: Task<'writing', QuacDocument> = writingTask<QuacDocument>({
  name: 'quac',
  version: 1,
  title: "A student's questions about a section that only the teacher sees",
  paper: 'GPT-3 section 3.7',
  files: { test: ['val_v0.2.json'], train: ['train_v0.2.json'] },
  read: readQuac,
  ask: ({ title, section, passage, turns, turn }) =>
    `TITLE: ${title} - ${section}\nPARAGRAPH: ${passage.trim()}\n\n${questionsUpTo(turns, turn)}`,
  writing: line(100),
  completion: firstAnswer,
  judge: ({ answers }, text) => ({ f1: answerF1(text, answers), exactMatch: exactMatch(text, answers) }),
  inContext: { k: 5 },
  metrics: f1First,
  published: [],
});

export const squadV2: Task<'writing', PassageDocument> = writingTask<PassageDocument>({
  name: 'squad-v2',
  version: 1,
  title: 'Questions about Wikipedia, some without an answer',
  paper: 'GPT-3 section 3.7',
  files: { test: ['dev-v2.0.json'], train: ['train-v2.0.json'] },
  read: readSquad,
  ask: ({ title, passage, turns, turn }) =>
    `Title: ${title}\n\nBackground: ${passage.trim()}\n\n${questionsUpTo(turns, turn, orNoAnswer)}`,
  writing: line(48),
  completion: (document) => ` ${orNoAnswer(document)}`,
  judge: ({ answers }, text) => {
    const answer = normaliseAnswer(text) === NO_ANSWER ? '' : text;
    return { f1: answerF1(answer, answers), exactMatch: exactMatch(answer, answers) };
  },
  inContext: { k: 16 },
  metrics: f1First,
  published: [gpt3Figures('few-shot, K = 16', 'f1', [32.1, 45.5, 44.9, 58.7, 55.9, 62.1, 67.7, 69.8])],
});

export const drop: Task<'writing', DropDocument> = writingTask<DropDocument>({
  name: 'drop',
  version: 1,
  title: 'Questions that take counting and adding up what a passage says',
  paper: 'GPT-3 section 3.7',
  files: { test: ['drop_dataset_dev.json'], train: ['drop_dataset_train.json'] },
  read: readDrop,
  ask: ({ passage, question }) => `Passage: ${passage.trim()}\nQuestion: ${question.trim()}\nAnswer:`,
  writing: line(48),
  completion: firstAnswer,
  judge: ({ answers, spans }, text) => ({ f1: dropF1(text, spans), exactMatch: exactMatch(text, answers) }),
  inContext: { k: 20 },
  metrics: f1First,
  published: [gpt3Figures('few-shot, K = 20', 'f1', [12.9, 18.7, 24.0, 25.6, 29.7, 29.7, 32.3, 36.5])],
});

function firstAnswer({ answers: [first] }: Turn): string {
  return ` ${first.trim()}`;
}

function orNoAnswer({ answers: [first = NO_ANSWER] }: Turn): string {
  return first.trim();
}
