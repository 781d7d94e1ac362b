/**
 * What GPT-1's language model knows of four tasks before it learns them, asked without fine-tuning. The fourth, Winograd schemas by
 * mean log-probability, is the second metric of `winograd-partial`.
 *
 * @see Radford et al. 2018 (GPT-1) section 5, Zero-shot behaviors. The figure of the paper has no numbers to compare with.
 */
import { choiceMetrics, judgeChoice } from '../../evaluation/judge.js';
import type { Task } from '../../evaluation/task.js';
import type { ClassificationExample, MultipleChoiceExample } from '../../example.js';
import { eachFile } from '../../reading/reader.js';
import { readCola } from '../../sets/cola.js';
import { readRace } from '../../sets/race.js';
import { readSst2 } from '../../sets/sst-2.js';
import { areaMetric, crossMatthews } from './acceptability.js';

const paper = 'GPT-1 section 5';

export const colaZeroShot: Task<'text', ClassificationExample> = {
  name: 'cola-zero-shot',
  version: 1,
  title: 'Is a sentence acceptable? By its mean token log-probability, against a threshold',
  paper,
  kind: 'text',
  files: { test: ['in_domain_dev.tsv'] },
  read: eachFile(readCola),
  ask: ({ text }) => ({ text }),
  judge: ({ label, source }, { nats, tokens }) => ({ label, score: -nats / tokens, half: source.row % 2 }),
  metrics: { Matthews: crossMatthews, 'area under ROC': areaMetric },
  published: [],
};

export const sst2ZeroShot: Task<'choice', ClassificationExample> = {
  name: 'sst-2-zero-shot',
  version: 1,
  title: 'Is a film review positive? Whether "very" goes on with positive or negative',
  paper,
  kind: 'choice',
  files: { test: ['dev.tsv'] },
  read: eachFile(readSst2),
  ask: ({ text }) => ({ context: `${text} very`, choices: [' negative', ' positive'] }),
  judge: ({ label }, answer) => judgeChoice(answer, label, 'plain'),
  metrics: { accuracy: choiceMetrics.accuracy },
  published: [],
};

export const raceZeroShot: Task<'choice', MultipleChoiceExample> = {
  name: 'race-zero-shot',
  version: 1,
  title: 'Which of four answers? By mean token log-probability after passage and question',
  paper,
  kind: 'choice',
  files: { test: ['test/middle/*.txt', 'test/high/*.txt'] },
  // RACE itself has four options everywhere, files in its layout may have empty ones
  read: (files, onBadRow) =>
    eachFile(readRace)(files, onBadRow).filter(({ options }) => options.every((option) => option !== '')),
  ask: ({ context, question, options }) => ({
    context: `${context}\n${question}`,
    choices: options.map((option) => ` ${option}`),
  }),
  judge: ({ label }, answer) => judgeChoice(answer, label),
  metrics: choiceMetrics,
  published: [],
};

/** In the order of the paper. */
export const gpt1Heuristics: readonly Task[] = [colaZeroShot, sst2ZeroShot, raceZeroShot];
