/** How does a text go on? HellaSwag, StoryCloze (GPT-3 section 3.1.3) and PIQA (section 3.6). */
import { readPiqa } from '../../documents/commonsense.js';
import { type HellaswagDocument, readHellaswag } from '../../documents/hellaswag.js';
import { readStoryCloze } from '../../documents/story-cloze.js';
import type { Task } from '../../evaluation/task.js';
import type { MultipleChoiceExample } from '../../example.js';
import { choiceTask } from '../choice-task.js';
import { gpt3Figures } from '../gpt-3-figures.js';

const JOINED = /^(?:[,.;:!?]|'(?:s|re|ve|ll|d|m)\b)/; // endings that no space stands before

export const hellaswag: Task<'choice', HellaswagDocument> = choiceTask({
  name: 'hellaswag',
  version: 1,
  title: 'How does a scene go on?',
  paper: 'GPT-3 section 3.1.3',
  files: { test: ['hellaswag_val.jsonl'], train: ['hellaswag_train.jsonl'] },
  read: readHellaswag,
  ask: ({ activity, context, options }) => ({
    context: `${activity}: ${context.trimEnd()}`,
    choices: options.map((ending) => (JOINED.test(ending) ? ending : ` ${ending}`)),
  }),
  inContext: { k: 20 },
  published: [gpt3Figures('few-shot, K = 20', 'accuracy', [33.5, 43.1, 51.3, 54.9, 62.9, 67.3, 71.3, 79.3])],
});

export const storyCloze: Task<'choice', MultipleChoiceExample> = choiceTask({
  name: 'story-cloze',
  version: 1,
  title: 'Which of two sentences ends a story of four?',
  paper: 'GPT-3 section 3.1.4',
  files: {
    test: ['cloze_test_test__spring2016 - cloze_test_ALL_test.csv'],
    train: ['cloze_test_val__spring2016 - cloze_test_ALL_val.csv'],
  },
  read: readStoryCloze,
  ask: goesOn,
  inContext: { k: 70 },
  published: [gpt3Figures('few-shot, K = 70', 'accuracy', [62.3, 70.2, 73.9, 76.1, 80.2, 81.2, 83.0, 87.7])],
});

export const piqa: Task<'choice', MultipleChoiceExample> = choiceTask({
  name: 'piqa',
  version: 1,
  title: 'How is a thing done?',
  paper: 'GPT-3 section 3.6',
  files: { test: ['dev.jsonl', 'dev-labels.lst'], train: ['train.jsonl', 'train-labels.lst'] },
  read: readPiqa,
  ask: goesOn,
  inContext: { k: 50 },
  published: [gpt3Figures('few-shot, K = 50', 'accuracy', [64.3, 69.4, 72.0, 74.3, 75.4, 77.8, 79.9, 82.3])],
});

function goesOn({ context, options }: MultipleChoiceExample): { context: string; choices: string[] } {
  return { context: context.trimEnd(), choices: options.map((option) => ` ${option}`) };
}
