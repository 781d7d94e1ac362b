/**
 * Summaries of news by a model that was never shown one: what it writes after `TL;DR:`, and without this hint.
 *
 * @see GPT-2 section 3.6, Table 4.
 */
import { readStories, type SummaryDocument } from '../../documents/summarization.js';
import { meanOf } from '../../evaluation/metric.js';
import type { Published, Task } from '../../evaluation/task.js';
import { rougeLsum, rougeN } from '../../metrics/rouge.js';
import { asTldr, taskPrompt, taskShot } from '../../task-text.js';
import { sentences } from '../sentences.js';

const SENTENCES = 3;
const metrics = {
  'ROUGE-1': meanOf('rouge1'),
  'ROUGE-2': meanOf('rouge2'),
  'ROUGE-L': meanOf('rougeL'),
  'ROUGE, mean': meanOf('mean'),
};

function summaryTask(
  name: string,
  title: string,
  ask: (article: string) => string,
  published: readonly number[],
): Task<'writing', SummaryDocument> {
  return {
    ...{ name, version: 1, title, paper: 'GPT-2 section 3.6', kind: 'writing', metrics },
    files: { test: ['*.story', 'cnn/stories/*.story', 'dailymail/stories/*.story'] },
    read: readStories,
    ask: ({ text }) => ({
      context: ask(text),
      maxNewTokens: 100,
      decoding: { kind: 'sample', topK: 2, seed: 0 },
    }),
    judge: ({ summaries: [summary] }, { text }) => rouge(sentences(text).slice(0, SENTENCES), summary),
    published: Object.keys(metrics).map(
      (metric, i): Published => ({
        ...{ source: 'GPT-2 Table 4', setting: 'zero-shot, F1', metric },
        values: { '1542M': published[i] },
      }),
    ),
  };
}

/** F1 with stems, as `ROUGE-1.5.5.pl -m` has it; ROUGE-L of a summary, sentence by sentence. */
function rouge(written: readonly string[], summary: string) {
  const text = written.join('\n');
  const rouge1 = rougeN(text, summary, 1, { stem: true }).f1;
  const rouge2 = rougeN(text, summary, 2, { stem: true }).f1;
  const rougeL = rougeLsum(text, summary, { stem: true }).f1;
  return { rouge1, rouge2, rougeL, mean: (rouge1 + rouge2 + rougeL) / 3 };
}

export const cnnDailymail: Task<'writing', SummaryDocument> = {
  ...summaryTask(
    'cnn-dailymail',
    'Summarise a news article, after TL;DR:',
    (article) => taskPrompt({ task: 'summarize', input: article }, asTldr),
    [29.34, 8.27, 26.58, 21.4],
  ),
  inContext: {
    shot: ({ text, summaries: [output] }) => taskShot({ task: 'summarize', input: text, output }, asTldr),
  },
};

export const cnnDailymailNoHint: Task<'writing', SummaryDocument> = summaryTask(
  'cnn-dailymail-no-hint',
  'Go on after a news article: what the hint of cnn-dailymail is worth',
  (article) => article,
  [21.58, 4.03, 19.47, 15.03],
);

export const summarization: readonly Task[] = [cnnDailymail, cnnDailymailNoHint];
