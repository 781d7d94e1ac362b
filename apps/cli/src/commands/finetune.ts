/** `gpt finetune`: learn a task from labelled examples, as GPT-1 did. */
import { resolve } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { loadConfig, loadTaskModel, TaskModel } from '@gpt-ts/model';
import {
  type ExampleForm,
  evaluationBatches,
  type TaskSetName,
  taskSets,
  trainingBatches,
} from '@gpt-ts/tasks';
import { type AnyTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import {
  checkSettings,
  FineTuning,
  gpt1Finetune,
  Trainer,
  type TrainerOptions,
  type TrainSettings,
} from '@gpt-ts/trainer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { compact } from '../compact.js';
import {
  baseModel,
  type ExampleFiles,
  type Examples,
  encodeTask,
  headForm,
  loadTaskFile,
  readTask,
  sameTask,
  setFiles,
  TASK_FILE,
  type TaskFile,
} from '../finetune-run.js';
import { GPT_COMMAND, printJson, printNote, printResult } from '../io.js';
import {
  amount,
  assertResumeFlags,
  count,
  jsonOption,
  seedOption,
  settingOption,
  share,
} from '../options.js';
import { measure, predict } from '../predict.js';
import { drawRun } from '../report-files.js';
import { assertNoRun, hasCheckpoint, inFolder, runFiles } from '../run-folder.js';
import { measureCeiling, type Outcome, trainAndDraw } from '../train-run.js';
import { clock } from '../train-view.js';

interface FinetuneFlags extends BackendFlags {
  model?: string;
  out: string;
  task?: TaskSetName;
  data?: string;
  form?: ExampleForm;
  train?: string[];
  dev?: string[];
  devShare: number;
  skipBadRows?: boolean;
  scratch?: boolean;
  epochs: number;
  warmupShare: number;
  lmCoef: number;
  clfPdrop: number;
  seqLen?: number;
  batchSize?: number;
  microBatchSize?: number;
  learningRate?: number;
  seed?: number;
  set?: [string, unknown][];
  resume?: boolean;
  json?: boolean;
}

const FORMS: readonly ExampleForm[] = ['classification', 'entailment', 'similarity', 'multiple-choice'];

export function finetuneCommand(): Command {
  const { epochs, warmupShare, lmCoef, clfPdrop } = gpt1Finetune;
  const command = new Command('finetune')
    .description('Teach a trained model a task from labelled examples: GPT-1, L3 = L2 + lmCoef L1.')
    .option('--model <dir>', 'trained model with its tokenizer')
    .requiredOption('--out <dir>', 'run folder to write')
    .addOption(new Option('--task <name>', 'published set in --data').choices(Object.keys(taskSets)))
    .option('--data <dir>', "folder of the set's files")
    .addOption(new Option('--form <form>', 'form of your own examples').choices(FORMS))
    .option('--train <file...>', 'your own examples: .csv, .tsv or .jsonl')
    .option('--dev <file...>', 'examples to measure on (default: a share of --train)')
    .addOption(new Option('--dev-share <x>', 'the share').argParser(amount).default(0.1))
    .option('--skip-bad-rows', 'leave rows out that cannot be read, and count them')
    .option('--scratch', 'take the shape of the model alone, with new weights')
    .addOption(new Option('--epochs <n>', 'passes over the examples').argParser(count(1)).default(epochs))
    .addOption(
      new Option('--warmup-share <x>', 'share of the updates that warm up')
        .argParser(share)
        .default(warmupShare),
    )
    .addOption(new Option('--lm-coef <x>', 'weight of L1').argParser(amount).default(lmCoef))
    .addOption(new Option('--clf-pdrop <x>', 'dropout before the head').argParser(share).default(clfPdrop))
    .addOption(new Option('--seq-len <n>', 'longest row (default: nCtx)').argParser(count(6)))
    .addOption(new Option('--batch-size <n>', 'examples per update').argParser(count(1)))
    .addOption(new Option('--micro-batch-size <n>', 'examples in memory at a time').argParser(count(1)))
    .addOption(new Option('--learning-rate <x>', 'peak').argParser(amount))
    .addOption(seedOption('of the head, the order of examples and dropout'))
    .addOption(settingOption())
    .option('--resume', 'go on from the newest whole checkpoint in --out');
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Columns of your own examples: text,label | premise,hypothesis,label | a,b,label | context,question,optionA,optionB,...,label

Examples:
  gpt finetune --model runs/gpt1 --task sst-2 --data SST-2/ --out runs/sst2
  gpt finetune --model runs/gpt1 --form classification --train reviews.csv --out runs/reviews
  gpt finetune --model runs/gpt1 --form similarity --train pairs.jsonl --dev dev.jsonl --epochs 5 --out runs/pairs
  gpt finetune --resume --out runs/sst2`,
    )
    .action(async (flags: FinetuneFlags, command: Command) => {
      if (flags.resume) await resume(flags, command);
      else await start(flags);
    });
}

async function start(flags: FinetuneFlags): Promise<void> {
  const storage = new FolderStorage(flags.out);
  const { model: from, devShare, skipBadRows = false, scratch = false, lmCoef, clfPdrop } = flags;
  if (from === undefined) {
    const expected = 'the folder of a trained model, unless a run is resumed';
    throw new InvalidArgumentError({ argument: '--model', expected, received: from });
  }
  await assertNoRun(storage);
  const source = await sourceOf(flags);
  const examples = await readTask({ ...source, devShare, skipBadRows });
  if (examples.skipped > 0) printNote(`${examples.skipped} rows could not be read and are left out.`);
  const base = new FolderStorage(from);
  const [config, tokenizer] = await inFolder(from, () =>
    Promise.all([loadConfig(base), loadTokenizer(base)]),
  );
  const nCtx = flags.seqLen ?? config.nCtx;
  if (nCtx > config.nCtx) {
    const expected = `at most the context of the model, ${config.nCtx}`;
    throw new InvalidArgumentError({ argument: '--seq-len', expected, received: nCtx });
  }
  const [begin, delimiter, extract] = [0, 1, 2].map((i) => config.nVocab + i);
  const task: TaskFile = {
    format: 1,
    form: examples.form,
    classes: [...examples.classes],
    row: { nCtx, start: begin, delimiter, extract },
    set: 'set' in source ? source.set : undefined,
    ...examples.files,
    ...{ devShare, skipBadRows, from: resolve(from), scratch },
    settings: settingsOf(flags, examples.train.length),
    ...{ lmCoef, clfPdrop },
  };
  const options = await optionsOf(flags);
  await run({ task, examples, tokenizer, storage, options }, flags);
}

async function resume(flags: FinetuneFlags, command: Command): Promise<void> {
  assertResumeFlags(command);
  const storage = new FolderStorage(flags.out);
  const task = await loadTaskFile(storage);
  const tokenizer = await inFolder(flags.out, () => loadTokenizer(storage));
  const examples = await sameTask(task);
  const options = await optionsOf(flags);
  if (!(await hasCheckpoint(storage))) {
    printNote(`${flags.out} was stopped before its first checkpoint: it begins again.`);
  }
  await run({ task, examples, tokenizer, storage, options }, flags);
}

interface FinetuneRun {
  task: TaskFile;
  examples: Examples;
  tokenizer: AnyTokenizer;
  storage: FolderStorage;
  options: TrainerOptions;
}

/** Trains from where the folder stands, and measures. Everything that can be wrong is found before anything is written. */
async function run(
  { task, examples, tokenizer, storage, options }: FinetuneRun,
  flags: FinetuneFlags,
): Promise<void> {
  const { settings } = task;
  const { train, dev } = encodeTask(examples, tokenizer, task.row);
  const batches = trainingBatches({ examples: train, ...settings });
  const largest = {
    seqLen: Math.max(
      ...[...train, ...dev].map(({ tokens, extractIndex }) => tokens.length / extractIndex.length),
    ),
    rows: train[0].extractIndex.length,
  };
  const files = await runFiles(tokenizer, TASK_FILE, task);
  const withShape = { ...options, files, largest };
  const begun = await hasCheckpoint(storage);
  using trainer = begun
    ? await inFolder(storage.folder, () => Trainer.resume(FineTuning, storage, withShape))
    : await Trainer.start(await objectiveOf(task), settings, storage, withShape);
  if (begun) printNote(`Resuming ${storage.folder} at step ${trainer.step}.`);
  else for (const [name, bytes] of files) await storage.write(name, [bytes]);
  const size = settings.microBatchSize ?? settings.batchSize;
  const outcome = await trainAndDraw(trainer, {
    batch: batches.batch,
    *validation() {
      for (const { batch } of evaluationBatches(dev, size)) yield batch;
    },
  });
  await report(outcome, flags, async () => {
    using model = await loadTaskModel(storage); // the best one, where training stopped early
    const metric = task.set && taskSets[task.set].metric;
    const labels = (examples: typeof dev) => examples.map(({ label }) => label);
    const measures = measure(await predict(model, dev), labels(dev), labels(train), metric);
    return { examples: train.length, dev: dev.length, ...measures };
  });
}

async function objectiveOf(task: TaskFile): Promise<FineTuning> {
  const { form, classes, clfPdrop, lmCoef } = task;
  const head = headForm(form);
  const nClasses = head === 'multiple-choice' ? 1 : classes.length;
  return new FineTuning(new TaskModel(await baseModel(task), { form: head, nClasses, clfPdrop }), { lmCoef });
}

/** A published set or files of one's own, as the flags say. */
async function sourceOf({ task, data, form, train, dev }: FinetuneFlags): Promise<ExampleFiles> {
  if (task !== undefined && data !== undefined && !form && !train) {
    const files = await setFiles(task, data);
    return { set: task, train: files.train, dev: dev ?? files.dev };
  }
  if (form !== undefined && train !== undefined && !task && !data) return { form, train, dev };
  throw new InvalidArgumentError({
    argument: 'the examples',
    expected: 'given by --task with --data, or by --form with --train',
    received: compact({ task, data, form, train }),
  });
}

function settingsOf(flags: FinetuneFlags, examples: number): TrainSettings {
  const {
    epochs,
    batchSize = gpt1Finetune.settings.batchSize,
    microBatchSize,
    learningRate,
    seed,
    set = [],
  } = flags;
  if (batchSize > examples) {
    const expected = `at most ${examples}, the examples to learn from`;
    throw new InvalidArgumentError({ argument: '--batch-size', expected, received: batchSize });
  }
  const perEpoch = Math.floor(examples / batchSize);
  const maxSteps = Math.max(1, epochs * perEpoch);
  const steps = {
    maxSteps,
    warmupSteps: flags.warmupShare * maxSteps,
    evalEvery: Math.max(1, perEpoch),
    checkpointEvery: Math.max(1, perEpoch),
  };
  const given = compact({ batchSize, microBatchSize, learningRate, seed, ...Object.fromEntries(set) });
  return checkSettings({ ...gpt1Finetune.settings, ...steps, ...given }, 'gpt finetune');
}

async function optionsOf(flags: FinetuneFlags): Promise<TrainerOptions> {
  const { memoryLimitBytes } = await startBackend(flags);
  return { memoryLimitBytes, ceilingFlops: await measureCeiling() };
}

async function report(
  outcome: Outcome,
  flags: FinetuneFlags,
  measures: () => Promise<Record<string, number>>,
): Promise<void> {
  const { out, json } = flags;
  const { reason, step, seconds } = outcome;
  const page = await drawRun(out);
  if (reason === 'aborted') {
    if (json) printJson({ out, ...outcome, report: page });
    printNote(`Stopped and saved at step ${step}. Go on with: ${GPT_COMMAND} finetune --resume --out ${out}`);
    process.exitCode = 130;
    return;
  }
  const found = await measures();
  if (json) {
    printJson({ out, ...outcome, ...found, report: page });
    return;
  }
  const { examples, dev, ...rates } = found;
  printResult(`${step} updates on ${examples} examples in ${clock(1000 * seconds)}. On ${dev} others:`);
  for (const [name, value] of Object.entries(rates)) printResult(`  ${name.padEnd(10)} ${value.toFixed(4)}`);
  if (page) printResult(`Curves: ${page}`);
  printResult(`Saved in ${out}. Use with: ${GPT_COMMAND} classify --model ${out} TEXT`);
}
