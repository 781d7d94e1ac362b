/** What does a pronoun or a gap stand for? Winograd schemas and WinoGrande, by partial evaluation (GPT-3 section 3.4). */
import type { GapDocument } from '../../documents/gap.js';
import { readWinograd, type WinogradDocument } from '../../documents/winograd.js';
import { readWinogrande } from '../../documents/winogrande.js';
import { judgeContext } from '../../evaluation/judge.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import { gpt3Figures } from '../gpt-3-figures.js';
import { substitutes } from '../winograd/substitute.js';

const SCHEMAS = 273; // of WSC273; the file has grown since

export const winogrande: Task<'context', GapDocument> = {
  name: 'winogrande',
  version: 1,
  title: 'Which of two names fills a gap?',
  paper: 'GPT-3 section 3.4',
  kind: 'context',
  files: { test: ['dev.jsonl'], train: ['train_xl.jsonl'] },
  read: readWinogrande,
  inContext: {
    shot: (document) => ({ context: names(document)[document.label], completion: rest(document) }),
    k: 50,
  },
  ask: (document) => ({ contexts: names(document), continuation: rest(document) }),
  judge: ({ label }, answer) => judgeContext(answer, label),
  metrics: { accuracy: meanOf('correct') },
  published: [gpt3Figures('few-shot, K = 50', 'accuracy', [51.3, 52.6, 57.5, 59.1, 62.6, 67.4, 70.0, 77.7])],
};

export const winogradGpt3: Task<'context', WinogradDocument> = {
  name: 'winograd-gpt3',
  version: 1,
  title: 'Whom or what does a pronoun stand for?',
  paper: 'GPT-3 section 3.4',
  kind: 'context',
  files: { test: ['WSCollection.xml'] },
  read: (files, onBadRow) => readWinograd(files, onBadRow).filter(({ source }) => source.row <= SCHEMAS),
  inContext: {
    shot: (document) => ({ context: substitutes(document)[document.label], completion: document.after }),
    k: 7,
  },
  ask: (document) => ({ contexts: substitutes(document), continuation: document.after }),
  judge: ({ label }, answer) => judgeContext(answer, label),
  metrics: { accuracy: meanOf('correct') },
  published: [gpt3Figures('few-shot, K = 7', 'accuracy', [63.4, 67.4, 73.6, 76.9, 84.3, 85.4, 82.4, 88.6])],
};

/** A name in place of the gap. */
function names({ before, options }: GapDocument): string[] {
  return options.map((option) => before.replace(/ +$/, ' ') + option);
}

/** What comes after the gap; some rows have two spaces there. */
function rest({ after }: GapDocument): string {
  return after.replace(/^ +/, ' ');
}
