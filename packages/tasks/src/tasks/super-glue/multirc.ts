/** MultiRC: each answer to a question is marked true or false; a question counts if all its marks are right (GPT-3 section 3.7). */
import { type MultircDocument, readMultirc } from '../../documents/multirc.js';
import { judgeChoice } from '../../evaluation/judge.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Outcome, Task } from '../../evaluation/task.js';
import { confusion } from '../../metrics/confusion.js';
import { f1 } from '../../metrics/f1.js';
import { SUPER_GLUE } from './super-glue-parts.js';

const MARKS = ['False', 'True'];

/** An answer to mark, with all answers to its question. */
export interface MarkedDocument extends MultircDocument {
  readonly all: readonly Pick<MultircDocument, 'answer' | 'label'>[];
  /** Its place among them. */
  readonly place: number;
}

export const multirc: Task<'choice', MarkedDocument> = {
  ...SUPER_GLUE,
  name: 'multirc',
  version: 1,
  title: 'Which answers to a question are right?',
  kind: 'choice',
  read: (files, onBadRow) => withAll(readMultirc(files, onBadRow)),
  inContext: {
    /** The question with all its answers, by way of the first of them: K counts questions. */
    shot: (document) =>
      document.place === 0
        ? { context: contextOf(document), completion: document.all.map(marked).join('\n') }
        : undefined,
    k: 32,
    sameForAll: true,
  },
  ask: (document) => ({
    context: contextOf(document),
    choices: MARKS.map((_, label) => marked({ ...document, label })),
  }),
  judge: (document, answer) => ({ ...judgeChoice(answer, document.label), question: questionOf(document) }),
  metrics: {
    accuracy: { ...meanOf('correct'), counted: byQuestion },
    'f1 of answers': {
      unit: 'share',
      of: (outcomes) => {
        const [predicted, gold] = ['predicted', 'gold'].map((name) =>
          outcomes.map((each) => Number(each[name])),
        );
        return f1(confusion(predicted, gold, MARKS.length));
      },
    },
    'accuracy of answers': meanOf('correct'),
  },
  published: [],
};

function contextOf({ passage, question }: MultircDocument): string {
  return `READING COMPREHENSION ANSWER KEY\n${passage.trim()}\n\n${question.trim()}\n`;
}

function marked({ answer, label }: Pick<MultircDocument, 'answer' | 'label'>): string {
  return `- [${MARKS[label]}] ${answer.trim()}`;
}

function questionOf({ source: { file, row }, questionNumber }: MultircDocument): string {
  return `${file}:${row} ${questionNumber}`;
}

function withAll(documents: readonly MultircDocument[]): MarkedDocument[] {
  const questions = new Map<string, MultircDocument[]>();
  return documents.map((document) => {
    const key = questionOf(document);
    const all = questions.get(key) ?? [];
    questions.set(key, all);
    return { ...document, all, place: all.push(document) - 1 };
  });
}

/** An outcome a question: right if all its marks are. */
function byQuestion(outcomes: readonly Outcome[]): Outcome[] {
  const questions = new Map<unknown, number>();
  for (const { question, correct } of outcomes) {
    questions.set(question, Math.min(questions.get(question) ?? 1, Number(correct)));
  }
  return [...questions.values()].map((correct) => ({ correct }));
}
