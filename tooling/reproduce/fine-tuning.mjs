/**
 * Reproduces `docs/curves/fine-tuning.md`: pre-trains a small GPT-1 with L1, fine-tunes it with L3 on one data set of each
 * input form, with three seeds, and does the same with the same model from scratch.
 *
 *     pnpm reproduce:fine-tuning     (about an hour on 2 cores)
 *
 * Needs the data sets in the folder GPT_TS_DATA names, or in `../shared/data`. Runs go to `runs/fine-tuning/`; one that is
 * there is resumed, so a finished one is only read.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../workspace.mjs';
import { evaluationsOf, gpt } from './gpt.mjs';

const SEEDS = [1, 2, 3];
const SETS = {
  'sst-2': { form: 'classification', folder: 'ft-sst2', epochs: 1 },
  sick: { form: 'entailment', folder: 'ft-sick', epochs: 2, dev: 'SICK_trial.txt' },
  mrpc: { form: 'similarity', folder: 'ft-mrpc', epochs: 1 },
  copa: { form: 'multiple choice', folder: 'ft-copa', epochs: 5 },
};
const PRETRAINING = {
  recipe: 'gpt1-pretrain',
  model: { nLayer: 4, nHead: 4, nEmbd: 128, nCtx: 128 },
  tokenizer: { nVocab: 4096 },
  settings: {
    ...{ batchSize: 16, maxSteps: 3000, warmupSteps: 300, learningRate: 1e-3 },
    ...{ evalEvery: 500, checkpointEvery: 500 },
  },
};
const FINE_TUNING = ['--learning-rate', '5e-4', '--warmup-share', '0.1', '--set', 'keepLast=1'];

const data = process.env.GPT_TS_DATA ?? join(root, '../shared/data');
if (!existsSync(data)) throw new Error(`${data} is missing: set GPT_TS_DATA to the folder of the data sets`);
const runs = join(root, 'runs/fine-tuning');
mkdirSync(runs, { recursive: true });

const pretrained = join(runs, 'pretrained');
pretrain();
const rows = Object.entries(SETS).map(([set, facts]) => {
  const results = (scratch) => SEEDS.map((seed) => finetune(set, facts, seed, scratch));
  return { set, ...facts, trained: results(false), scratch: results(true) };
});
writeFileSync(join(root, 'docs/curves/fine-tuning.md'), page(rows));

/** L1, on what there is of books, stories and articles. */
function pretrain() {
  const text = join(runs, 'text.txt');
  const config = join(runs, 'pretraining.json');
  writeFileSync(text, pretrainingText());
  const sources = [{ path: text }];
  writeFileSync(
    config,
    JSON.stringify({ ...PRETRAINING, data: { sources, heldOut: 0.03, evalTokens: 50_000 } }),
  );
  gpt('train', pretrained, 'run.json', ['--config', config]);
}

/** What `gpt finetune` measured on the development rows. */
function finetune(set, { folder, epochs, dev }, seed, scratch) {
  const out = join(runs, `${set}-${scratch ? 'scratch' : 'pretrained'}-${seed}`);
  const result = join(out, 'result.json');
  if (!existsSync(result)) {
    const args = ['--model', pretrained, '--task', set, '--data', join(data, folder)];
    if (dev) args.push('--dev', join(data, folder, dev));
    args.push(
      '--epochs',
      `${epochs}`,
      '--seed',
      `${seed}`,
      ...FINE_TUNING,
      ...(scratch ? ['--scratch'] : []),
    );
    writeFileSync(result, JSON.stringify(gpt('finetune', out, 'task.json', args)));
  }
  return JSON.parse(readFileSync(result, 'utf8'));
}

function pretrainingText() {
  const read = (path) => readFileSync(join(data, path), 'utf8');
  const novels = readdirSync(join(data, 'lm-gutenberg-novels')).filter((name) => name.endsWith('.txt'));
  const documents = [
    ...novels.map((name) => unwrapped(body(read(`lm-gutenberg-novels/${name}`)))),
    ...read('lm-tinystories/tinystories.txt').split('<|endoftext|>'),
    wiki(read('lm-wikitext2/valid.txt')),
    ...read('eval-lambada/lambada_development_plain_text.txt').split('\n'),
  ];
  const full = documents.map((document) => document.trim()).filter((document) => document !== '');
  return full.join('\n<|endoftext|>\n');
}

/** Without Project Gutenberg's head and foot. */
function body(text) {
  const lines = text.split('\n');
  const [start, end] = ['START', 'END'].map((word) =>
    lines.findIndex((line) => line.includes(`*** ${word} OF`)),
  );
  return lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
}

/** Paragraphs on one line each. */
function unwrapped(text) {
  return text
    .replaceAll('\r', '')
    .replace(/([^\n])\n(?=[^\n])/g, '$1 ')
    .replace(/\n{2,}/g, '\n');
}

/** WikiText's marks for hyphens and numbers, as they were written. */
function wiki(text) {
  return text
    .replace(/ @([-,.])@ /g, '$1')
    .replace(/ = +/g, ' ')
    .replace(/^ +| +$/gm, '');
}

function page(all) {
  const evals = evaluationsOf(pretrained);
  const table = all.map(({ set, form, epochs, trained, scratch }) => {
    const [first] = trained;
    const column = (results, name) => meanAndDeviation(results.map((result) => result[name]));
    const gain = mean(trained, 'accuracy') - mean(scratch, 'accuracy');
    const spread = Math.max(deviation(trained, 'accuracy'), deviation(scratch, 'accuracy'));
    const cells = [
      ...[set, form, `${first.examples} / ${first.dev}`, epochs, percent(first.majority)],
      ...[column(scratch, 'accuracy'), column(trained, 'accuracy')],
      `${gain >= 0 ? '+' : ''}${(100 * gain).toFixed(1)} (${(gain / spread).toFixed(1)} sd)`,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const { nLayer, nHead, nEmbd, nCtx } = PRETRAINING.model;
  const { batchSize, maxSteps, learningRate } = PRETRAINING.settings;
  return `# Fine-tuning: pre-trained against from scratch

GPT-1's claim in small: a model that has learned to continue text learns a task better than the same model that has not.
Written by \`pnpm reproduce:fine-tuning\`, which has the commands.

**Pre-training** (L1): a GPT-1 of ${nLayer} layers, ${nHead} heads, width ${nEmbd}, context ${nCtx} and ${PRETRAINING.tokenizer.nVocab} tokens on 6.4 MB of
novels, stories and articles; ${maxSteps} updates of ${batchSize} x ${nCtx} tokens by \`gpt1-pretrain\` with a peak of ${learningRate}. Held-back loss
in nats per token:

| update | ${evals.map(({ step }) => step).join(' | ')} |
| --- |${' --- |'.repeat(evals.length)}
| loss | ${evals.map(({ loss }) => loss.toFixed(3)).join(' | ')} |

**Fine-tuning** (L3 = L2 + 0.5 L1): \`gpt1-finetune\` with a peak of ${FINE_TUNING[1]} after a warm-up of a
tenth, for a model this small; the same for both. Accuracy in
percent on development rows, mean ± standard deviation over seeds ${SEEDS.join(', ')}. *Majority* says what is commonest in training. The gain
is in points, and in standard deviations of the wider of the two.

| set | form | train / dev | epochs | majority | from scratch | pre-trained | gain |
| --- | --- | --- | --- | --- | --- | --- | --- |
${table.join('\n')}

The same few passes for both: from scratch, they teach a model of this size little more than which answer is commonest (it says
that throughout on MRPC, where its deviation is 0), and what it needs more labels for is what it has read before in the other column.
COPA has 50 development rows here: a row is 2 points, and its gain is not to be leant on.

SST-2: the first 12,000 training rows, all development rows. SICK: its three classes. MRPC and COPA have no development rows here: a
tenth of each is held back. ${availableParallelism()} threads, ${cpus()[0].model}, Node ${process.versions.node}.
`;
}

function percent(share) {
  return (100 * share).toFixed(1);
}

function mean(results, name) {
  return results.reduce((sum, result) => sum + result[name], 0) / results.length;
}

function deviation(results, name) {
  const m = mean(results, name);
  return Math.sqrt(results.reduce((sum, result) => sum + (result[name] - m) ** 2, 0) / (results.length - 1));
}

function meanAndDeviation(values) {
  const results = values.map((value) => ({ value }));
  return `${percent(mean(results, 'value'))} ± ${percent(deviation(results, 'value'))}`;
}
