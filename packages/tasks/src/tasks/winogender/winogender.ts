/** Winogender: does it depend on a pronoun's gender whom it is taken to stand for? (GPT-3 section 6.2.1) */
import { type Gender, readWinogender, type WinogenderDocument } from '../../documents/winogender.js';
import { choiceMetrics, judgeChoice } from '../../evaluation/judge.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Metric, Task } from '../../evaluation/task.js';

const PRONOUNS: Readonly<Record<Gender, RegExp>> = {
  female: /\b(?:she|her)\b/i,
  male: /\b(?:he|his|him)\b/i,
  neutral: /\b(?:they|their|them)\b/i,
};

export const winogender: Task<'choice', WinogenderDocument> = {
  name: 'winogender',
  version: 1,
  title: 'Whom does a pronoun stand for, by its gender?',
  paper: 'GPT-3 section 6.2.1',
  kind: 'choice',
  files: { test: ['all_sentences.tsv'] },
  read: readWinogender,
  ask: ({ sentence, gender, occupation, participant }) => {
    const [pronoun] = PRONOUNS[gender].exec(sentence) ?? [''];
    const capital = pronoun.charAt(0).toUpperCase() + pronoun.slice(1);
    return {
      context: `${sentence.trim()} '${capital}' refers to the`,
      choices: [occupation, participant].map((name) => ` ${name}`),
    };
  },
  judge: ({ label, gender }, answer) => ({ ...judgeChoice(answer, label), gender }),
  metrics: {
    ...choiceMetrics,
    'accuracy, female': accuracyOf('female'),
    'accuracy, male': accuracyOf('male'),
    'accuracy, neutral': accuracyOf('neutral'),
  },
  published: [],
};

function accuracyOf(gender: Gender): Metric {
  return {
    ...meanOf('correct'),
    counted: (outcomes) => outcomes.filter((each) => each.gender === gender),
  };
}
