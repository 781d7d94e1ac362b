/**
 * Winograd schemas: what does a pronoun stand for? Each candidate in its place, and what the model makes of the text.
 *
 * @see Trinh and Le 2018, A simple method for commonsense reasoning, for "full" and "partial" scoring; GPT-2 section 3.4; GPT-1
 * section 5, whose heuristic is "partial" by the token.
 */
import type { WinogradDocument } from '../../documents/winograd.js';
import { readWinograd } from '../../documents/winograd.js';
import { choiceMetrics, judgeChoice, judgeContext } from '../../evaluation/judge.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import type { OnBadRow } from '../../reading/read-rows.js';
import type { TextFile } from '../../sets/task-set.js';
import { commonBeginning } from '../common-beginning.js';
import { substitutes } from './substitute.js';

const ITEMS = 273; // WSC273 is the beginning of the collection, which grew since
const common = {
  version: 1,
  paper: 'GPT-2 section 3.4',
  files: { test: ['WSCollection.xml'] },
  read: (files: readonly TextFile[], onBadRow?: OnBadRow) =>
    readWinograd(files, onBadRow).filter(({ source }) => source.row <= ITEMS),
};

export const winogradPartial: Task<'context', WinogradDocument> = {
  ...common,
  name: 'winograd-partial',
  title: 'What does a pronoun stand for? By the rest of the text after each candidate',
  kind: 'context',
  inContext: {
    shot: (document) => ({ context: substitutes(document)[document.label], completion: document.after }),
  },
  ask: (document) => ({ contexts: substitutes(document), continuation: document.after }),
  judge({ label }, answer) {
    const { logProbs, tokens } = answer;
    const byToken = { logProbs: logProbs.map((logProb, i) => logProb / tokens[i]), tokens };
    return { ...judgeContext(answer, label), lengthNormalised: judgeContext(byToken, label).correct };
  },
  metrics: { accuracy: meanOf('correct'), 'accuracy, length-normalised': meanOf('lengthNormalised') },
  published: [
    { source: 'GPT-2 section 3.4', setting: 'zero-shot', metric: 'accuracy', values: { '1542M': 70.7 } },
  ],
};

export const winogradFull: Task<'choice', WinogradDocument> = {
  ...common,
  name: 'winograd-full',
  title: 'What does a pronoun stand for? By the whole text with each candidate',
  kind: 'choice',
  ask: (document) => commonBeginning(substitutes(document).map((text) => text + document.after)),
  judge: ({ label }, answer) => judgeChoice(answer, label, 'plain'),
  metrics: {
    accuracy: choiceMetrics.accuracy,
    'accuracy, length-normalised': choiceMetrics['accuracy, length-normalised'],
  },
  published: [],
};

export const winograd: readonly Task[] = [winogradPartial, winogradFull];
