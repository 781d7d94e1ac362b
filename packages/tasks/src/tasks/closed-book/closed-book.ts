/** Questions that the model answers from what it knows: Natural Questions, WebQuestions, TriviaQA (GPT-3 section 3.2). */
import {
  type QaDocument,
  readNaturalQuestions,
  readTriviaqa,
  readWebQuestions,
  type TriviaqaDocument,
} from '../../documents/closed-book-qa.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import { exactMatch } from '../../metrics/exact-match.js';
import { gpt3Figures } from '../gpt-3-figures.js';
import { FREE_FORM, type WritingTaskOptions, writingTask } from '../writing-task.js';

export const naturalQuestions: Task<'writing', QaDocument> = closedBook({
  name: 'natural-questions',
  title: 'Questions that people asked a search engine',
  files: { test: ['NQ-open.dev.jsonl'], train: ['NQ-open.train.jsonl'] },
  read: readNaturalQuestions,
  answers: ({ answers }) => answers,
  figures: [1.72, 4.46, 7.89, 9.72, 13.2, 17.0, 21.0, 29.9],
});

export const webQuestions: Task<'writing', QaDocument> = closedBook({
  name: 'web-questions',
  title: 'Questions about persons, places and things',
  files: { test: ['test.json'], train: ['trainmodel.json'] },
  read: readWebQuestions,
  answers: ({ answers }) => answers,
  figures: [5.46, 12.6, 15.9, 19.6, 24.8, 27.7, 33.5, 41.5],
});

export const triviaqa: Task<'writing', TriviaqaDocument> = closedBook({
  name: 'triviaqa',
  title: 'Questions of quizzes',
  files: { test: ['wikipedia-dev.json'], train: ['wikipedia-train.json'] },
  read: readTriviaqa,
  answers: ({ answers, normalizedAnswers }) => [...answers, ...normalizedAnswers],
  figures: [6.96, 16.3, 26.5, 32.1, 42.3, 51.6, 57.5, 71.2],
});

interface ClosedBookOptions<D extends QaDocument>
  extends Pick<WritingTaskOptions<D>, 'name' | 'title' | 'files' | 'read'> {
  /** All that is right. */
  answers(document: D): readonly string[];
  figures: readonly number[];
}

function closedBook<D extends QaDocument>(options: ClosedBookOptions<D>): Task<'writing', D> {
  const { answers, figures, ...rest } = options;
  return writingTask({
    ...rest,
    version: 1,
    paper: 'GPT-3 section 3.2',
    ask: ({ question }) => `Q: ${question.trim()}\n\nA:`,
    writing: { maxNewTokens: 32, stop: ['\n'], decoding: FREE_FORM },
    completion: ({ answers: [first] }) => ` ${first.trim()}`,
    judge: (document, text) => ({ correct: exactMatch(text, answers(document)) }),
    inContext: { k: 64 },
    metrics: { accuracy: meanOf('correct') },
    published: [gpt3Figures('few-shot, K = 64', 'accuracy', figures)],
  });
}
