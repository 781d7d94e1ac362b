/**
 * Questions answered in a model's own words: about a passage, in a conversation, and about the world.
 *
 * @see GPT-2 section 3.5 (CoQA) and 3.8 (Natural Questions).
 */
import { type QaDocument, readNaturalQuestions } from '../../documents/closed-book-qa.js';
import { readCoqa } from '../../documents/coqa.js';
import type { PassageDocument } from '../../documents/reading-comprehension.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import { coqaF1 } from '../../metrics/answer-f1.js';
import { exactMatch } from '../../metrics/exact-match.js';
import { asQuestion, taskPrompt, taskShot } from '../../task-text.js';

const task = 'answer the question';
const answer = { maxNewTokens: 32, stop: ['\n'] };

export const coqaGpt2: Task<'writing', PassageDocument> = {
  name: 'coqa-gpt2',
  version: 1,
  title: 'Answer a question of a conversation about a passage, after A:',
  paper: 'GPT-2 section 3.5',
  kind: 'writing',
  files: { test: ['coqa-dev-v1.0.json'] },
  read: readCoqa,
  ask({ passage, turns, turn, question }) {
    const history = turns.slice(0, turn).flatMap((each) => [each.question, each.answers[0]]);
    const input = [passage, ...history, question];
    return { ...answer, context: taskPrompt({ task, input }, asQuestion) };
  },
  judge: ({ answers }, { text }) => ({ answer: text.trim(), f1: coqaF1(text, answers) }),
  metrics: { F1: meanOf('f1') },
  published: [
    { source: 'GPT-2 section 3.5', setting: 'zero-shot, dev', metric: 'F1', values: { '1542M': 55 } },
  ],
};

export const naturalQuestionsGpt2: Task<'writing', QaDocument> = {
  name: 'natural-questions-gpt2',
  version: 1,
  title: 'Answer a question about the world, after questions and answers',
  paper: 'GPT-2 section 3.8',
  kind: 'writing',
  files: { test: ['NQ-open.dev.jsonl'], train: ['NQ-open.train.jsonl'] },
  read: readNaturalQuestions,
  inContext: {
    shot: ({ question, answers: [output] }) => taskShot({ task, input: ['', question], output }, asQuestion),
    sameForAll: true,
  },
  ask: ({ question }) => ({ ...answer, context: taskPrompt({ task, input: ['', question] }, asQuestion) }),
  judge: ({ answers }, { text }) => ({ answer: text.trim(), correct: exactMatch(text, answers) }),
  metrics: { 'exact match': meanOf('correct') },
  published: [
    {
      ...{ source: 'GPT-2 section 3.8', setting: 'after example pairs', metric: 'exact match' },
      values: { '1542M': 4.1 },
    },
  ],
};
