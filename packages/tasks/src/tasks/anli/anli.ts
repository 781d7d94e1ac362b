/** Adversarial NLI: three rounds of pairs that models got wrong (GPT-3 section 3.8). */
import { readAnli } from '../../documents/nli.js';
import type { Published, Task } from '../../evaluation/task.js';
import type { EntailmentExample } from '../../example.js';
import { choiceTask } from '../choice-task.js';
import { gpt3Figures } from '../gpt-3-figures.js';

export const anliTasks: readonly Task<'choice', EntailmentExample>[] = [
  anli(1, []),
  anli(2, []),
  anli(3, [gpt3Figures('few-shot, K = 50', 'accuracy', [35.0, 34.4, 35.1, 36.0, 32.7, 33.9, 34.5, 40.2])]),
];

function anli(round: number, published: Published[]): Task<'choice', EntailmentExample> {
  return choiceTask({
    name: `anli-r${round}`,
    version: 1,
    title: `Does one text follow from another? Round ${round} of pairs that models got wrong`,
    paper: 'GPT-3 section 3.8',
    files: { test: ['test.jsonl'], train: ['train.jsonl'] },
    read: readAnli,
    ask: ({ premise, hypothesis }) => ({
      context: `anli ${round}: anli ${round}: ${premise.trim()}\nQuestion: ${hypothesis.trim()} True, False, or Neither?`,
      choices: [' True', ' Neither', ' False'],
    }),
    inContext: { k: 50 },
    published,
  });
}
