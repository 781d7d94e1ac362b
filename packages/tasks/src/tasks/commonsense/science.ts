/** Questions of science: ARC and OpenBookQA (GPT-3 section 3.6). */
import { readArc } from '../../documents/arc.js';
import type { Task } from '../../evaluation/task.js';
import type { MultipleChoiceExample } from '../../example.js';
import { choiceTask } from '../choice-task.js';
import { gpt3Figures } from '../gpt-3-figures.js';

/** Says that an answer comes, and nothing of the question. */
const ANSWER = 'Answer:';

export const arcEasy: Task<'choice', MultipleChoiceExample> = arc({
  name: 'arc-easy',
  title: 'Questions of science from school, the easier ones',
  part: 'Easy',
  figures: [42.7, 51.0, 58.1, 59.1, 62.1, 65.8, 69.1, 70.1],
});

export const arcChallenge: Task<'choice', MultipleChoiceExample> = arc({
  name: 'arc-challenge',
  title: 'Questions of science from school, the harder ones',
  part: 'Challenge',
  figures: [25.5, 28.4, 32.3, 36.7, 39.5, 43.7, 44.8, 51.5],
});

export const openbookqa: Task<'choice', MultipleChoiceExample> = choiceTask({
  name: 'openbookqa',
  version: 1,
  title: 'Questions that take a fact of science and common sense',
  paper: 'GPT-3 section 3.6',
  files: { test: ['test.jsonl'], train: ['train.jsonl'] },
  read: readArc,
  ask: ({ context, options }) => ({
    context: context.trimEnd(),
    choices: options.map((option) => ` ${option}`),
    answerContext: ANSWER,
  }),
  rule: 'relative',
  inContext: { k: 100 },
  published: [gpt3Figures('few-shot, K = 100', 'accuracy', [37.0, 43.6, 48.0, 50.6, 55.6, 55.2, 60.8, 65.4])],
});

function arc(options: {
  name: string;
  title: string;
  part: string;
  figures: number[];
}): Task<'choice', MultipleChoiceExample> {
  const { name, title, part, figures } = options;
  return choiceTask({
    ...{ name, version: 1, title },
    paper: 'GPT-3 section 3.6',
    files: { test: [`ARC-${part}-Test.jsonl`], train: [`ARC-${part}-Train.jsonl`] },
    read: readArc,
    ask: ({ context, options }) => ({
      context: `Question: ${context.trimEnd()}\nAnswer:`,
      choices: options.map((option) => ` ${option}`),
      answerContext: ANSWER,
    }),
    rule: 'relative',
    inContext: { k: 50 },
    published: [gpt3Figures('few-shot, K = 50', 'accuracy', figures)],
  });
}
