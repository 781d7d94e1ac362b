/** ReCoRD: which name of an article is missing from a sentence about it (GPT-3 section 3.7). */
import { type RecordDocument, readRecord } from '../../documents/record.js';
import { judgeChoice } from '../../evaluation/judge.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Task } from '../../evaluation/task.js';
import { answerF1 } from '../../metrics/answer-f1.js';
import { exactMatch } from '../../metrics/exact-match.js';
import { SUPER_GLUE } from './super-glue-parts.js';

export const record: Task<'choice', RecordDocument> = {
  ...SUPER_GLUE,
  name: 'record',
  version: 1,
  title: 'Which name of an article is missing from a sentence?',
  kind: 'choice',
  read: readRecord,
  inContext: {
    shot: (document) => ({ context: contextOf(document), completion: filled(document, document.answers[0]) }),
    k: 32,
  },
  ask: (document) => ({
    context: contextOf(document),
    choices: document.options.map((option) => filled(document, option)),
  }),
  judge: ({ options, answers }, answer) => {
    const { predicted } = judgeChoice(answer, 0);
    const name = options[Number(predicted)];
    return { name, exactMatch: exactMatch(name, answers), f1: answerF1(name, answers) };
  },
  metrics: { f1: meanOf('f1'), 'exact match': meanOf('exactMatch') },
  published: [],
};

function contextOf({ passage, highlights }: RecordDocument): string {
  return `${[passage.trim(), ...(highlights.length > 0 ? [''] : []), ...highlights.map((each) => `- ${each.trim()}`)].join('\n')}\n`;
}

function filled({ before, after }: RecordDocument, name: string): string {
  return `- ${before.trimStart()}${name}${after.trimEnd()}`;
}
