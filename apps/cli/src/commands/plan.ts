/** `gpt plan`: what a model takes, before there is one. */
import { type PresetName, presets } from '@gpt-ts/model';
import { describePlan } from '@gpt-ts/trainer';
import { Argument, Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { printJson, printResult } from '../io.js';
import { amount, count, jsonOption } from '../options.js';
import { measureRates, type Plan, planOf } from '../plan.js';

interface PlanFlags extends BackendFlags {
  vocabSize: number;
  batchSize?: number;
  seqLen?: number;
  memory?: number;
  json?: boolean;
}

export function planCommand(): Command {
  const command = new Command('plan')
    .description('Show what a preset takes: parameters, operations, memory, time, and whether it fits.')
    .addArgument(new Argument('<preset>', 'model').choices(Object.keys(presets)))
    .addOption(
      new Option('--vocab-size <n>', 'tokens, for a preset without a vocabulary')
        .argParser(count(1))
        .default(2048),
    )
    .addOption(
      new Option(
        '--batch-size <n>',
        'of training (default: as in the recipe, or the largest that fits)',
      ).argParser(count(1)),
    )
    .addOption(
      new Option('--seq-len <n>', 'tokens of a sequence in training (default: all)').argParser(count(1)),
    )
    .addOption(
      new Option('--memory <GiB>', "what there is (default: the backend's 4 GiB)").argParser(amount),
    );
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  gpt plan gpt2\n  gpt plan gpt3-175b --json\n  gpt plan gpt2-medium --batch-size 1 --seq-len 256 --memory 16',
    )
    .action(async (name: PresetName, flags: PlanFlags) => {
      const { memoryLimitBytes } = await startBackend(flags);
      const limit = flags.memory === undefined ? memoryLimitBytes : flags.memory * 2 ** 30;
      const { vocabSize: nVocab, batchSize, seqLen } = flags;
      const plan = planOf(name, { nVocab, batchSize, seqLen }, await measureRates(), limit);
      if (flags.json) printJson(plan);
      else printResult(lines(plan));
    });
}

function lines({
  preset,
  about,
  source,
  config,
  parameters,
  flopsPerToken,
  memory,
  fits,
  time,
}: Plan): string {
  const { nLayer, nHead, dHead, nEmbd, nInner, nCtx, nVocab, attention, norm } = config;
  const { training } = memory;
  const limit = bytes(memory.limit);
  const rows: [string, string][] = [
    ['blocks', `${nLayer}, ${norm}-norm, attention ${attention.map(({ kind }) => kind).join(' and ')}`],
    ['width', `${nEmbd}; ${nHead} heads of ${dHead}; MLP ${nInner}`],
    ['context', `${nCtx} tokens of ${nVocab.toLocaleString('en')}`],
    ['parameters', parameters.toLocaleString('en')],
    [
      'operations',
      `${si(flopsPerToken.forward)}FLOP a token forward, ${si(flopsPerToken.training)}FLOP in training, at ${flopsPerToken.seqLen} tokens`,
    ],
    [
      '',
      `(${si(flopsPerToken.dense.forward)}FLOP and ${si(flopsPerToken.dense.training)}FLOP counting keys that are not seen)`,
    ],
    ['weights', `${bytes(memory.weights)} in float32`],
    ['KV cache', `${bytes(memory.kvCachePerToken)} a token, ${bytes(memory.kvCache)} for ${nCtx}`],
    ['to run it', `${bytes(memory.generation)}: ${fits.generation ? 'fits in' : 'does not fit in'} ${limit}`],
    ['to train it', `batch ${training.batchSize} x ${training.seqLen}: ${describePlan(training)}`],
    ['', largestBatchLine(fits.largestTrainingBatch, training.seqLen, limit)],
    [
      'time here',
      `at ${Math.round(time.gflops)} GFLOP/s and ${Math.round(time.gigabytesPerSecond)} GB/s, measured now; estimates:`,
    ],
    ['', `${duration(time.readContext)} to read ${nCtx} tokens, ${duration(time.writeToken)} to write one`],
    ['', `${duration(time.trainingUpdate)} for an update of ${training.batchSize} x ${training.seqLen}`],
    ['', `${duration(time.recipe.seconds)} for the ${si(time.recipe.tokens)}tokens of its recipe`],
  ];
  const table = rows.map(([name, value]) => `${name.padEnd(12)} ${value}`);
  return [`${preset}: ${about} (${source})`, ...table].join('\n');
}

function largestBatchLine(batch: number, seqLen: number, limit: string): string {
  if (batch === 0) return `no sequence of ${seqLen} tokens fits in ${limit}`;
  return `the largest batch that fits in ${limit} is ${batch}`;
}

function bytes(n: number): string {
  const [unit, name] = n < 2 ** 20 ? [2 ** 10, 'KiB'] : n < 2 ** 30 ? [2 ** 20, 'MiB'] : [2 ** 30, 'GiB'];
  return `${three(n / unit)} ${name}`;
}

/** A number with its prefix: `0.8 G`. */
function si(n: number): string {
  const prefixes = ['', 'k', 'M', 'G', 'T', 'P'];
  const power = Math.min(prefixes.length - 1, Math.max(0, Math.floor(Math.log10(n) / 3)));
  return `${three(n / 1000 ** power)} ${prefixes[power]}`;
}

function duration(seconds: number): string {
  const units: [number, string][] = [
    [365.25 * 86_400, 'years'],
    [86_400, 'days'],
    [3600, 'hours'],
    [60, 'minutes'],
    [1, 's'],
  ];
  const [size, name] = units.find(([size]) => seconds >= (size === 1 ? 1 : 2 * size)) ?? [1e-3, 'ms'];
  return `${three(seconds / size)} ${name}`;
}

function three(x: number): string {
  return x >= 100 ? Math.round(x).toLocaleString('en') : `${Number(x.toPrecision(3))}`;
}
