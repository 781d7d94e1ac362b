/** `gpt train`: learn to continue a text. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { type PresetName, presets } from '@gpt-ts/model';
import { loadTokenizer } from '@gpt-ts/tokenizer';
import { LanguageModelling, type RecipeName, recipes, Trainer, type TrainerOptions } from '@gpt-ts/trainer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { compact, isRecord } from '../compact.js';
import { GPT_COMMAND, printJson, printNote, printResult } from '../io.js';
import { amount, assertResumeFlags, count, jsonOption, seedOption, settingOption } from '../options.js';
import { assertEncodedBy, withPackedTokenizer } from '../packed-text.js';
import { configOf, planRun, textsOf, tokenizerOf } from '../plan-run.js';
import { drawRun } from '../report-files.js';
import {
  checkRunConfig,
  documentLayouts,
  type RunConfig,
  readRunConfig,
  tokenizerKinds,
} from '../run-config.js';
import { assertNoRun, hasCheckpoint, inFolder, loadRunFile } from '../run-folder.js';
import { type RunText, sameText } from '../run-text.js';
import { dataOf, measureCeiling, type Outcome, startRun, trainAndDraw } from '../train-run.js';
import { clock } from '../train-view.js';

interface TrainFlags extends BackendFlags {
  out: string;
  resume?: boolean;
  json?: boolean;
  config?: string;
  recipe?: RecipeName;
  preset?: PresetName;
  from?: string;
  data?: string[];
  weights?: number[];
  documents?: NonNullable<RunConfig['data']>['documents'];
  heldOut?: number;
  evalTokens?: number;
  tokenizer?: (typeof tokenizerKinds)[number];
  vocabSize?: number;
  tokenizerFrom?: string;
  prompt?: string[];
  set?: [string, unknown][];
  // The rest changes the model and the settings, field by field.
  nLayer?: number;
  nHead?: number;
  nEmbd?: number;
  nCtx?: number;
  maxSteps?: number;
  batchSize?: number;
  microBatchSize?: number;
  learningRate?: number;
  warmupSteps?: number;
  evalEvery?: number;
  sampleEvery?: number;
  checkpointEvery?: number;
  keepLast?: number;
  patience?: number;
  seed?: number;
}

export function trainCommand(): Command {
  const whole = (flags: string, about: string, least = 1) => new Option(flags, about).argParser(count(least));
  const command = new Command('train')
    .description('Train a model on text files, or on the built-in story world.')
    .requiredOption('--out <dir>', 'run folder to write')
    .option('--config <file>', 'the run in a .ts, .json or .toml file; flags go before it')
    .addOption(
      new Option('--recipe <name>', 'how to train (default: stories, or the one for the preset)').choices(
        Object.keys(recipes),
      ),
    )
    .addOption(
      new Option('--preset <name>', 'model (default: the first of the recipe)').choices(Object.keys(presets)),
    )
    .option('--from <dir>', 'go on from a trained model and its tokenizer')
    .option(
      '--data <path...>',
      'UTF-8 texts, or folders of .txt files or of gpt data pack (default: built-in stories)',
    )
    .addOption(
      new Option('--weights <w...>', 'how often each text is drawn from; without, all are one').argParser(
        (text: string, before?: number[]) => [...(before ?? []), amount(text)],
      ),
    )
    .addOption(new Option('--documents <how>', 'how documents become sequences').choices(documentLayouts))
    .addOption(
      new Option('--held-out <share>', 'share of the text to evaluate on (default: 0.1)').argParser(amount),
    )
    .addOption(whole('--eval-tokens <n>', 'held-back tokens per evaluation, at most (default: 131072)'))
    .addOption(new Option('--tokenizer <kind>', 'the kind to learn from the text').choices(tokenizerKinds))
    .addOption(whole('--vocab-size <n>', 'tokens to learn', 2))
    .option('--tokenizer-from <dir>', 'a tokenizer there is: a folder, or gpt2')
    .addOption(whole('--max-steps <n>', 'updates'))
    .addOption(whole('--batch-size <n>', 'sequences per update'))
    .addOption(whole('--micro-batch-size <n>', 'sequences in memory at a time'))
    .addOption(new Option('--learning-rate <x>', 'peak; the end moves with it').argParser(amount))
    .addOption(whole('--warmup-steps <n>', 'updates of warm-up', 0))
    .addOption(whole('--eval-every <n>', 'updates between evaluations'))
    .addOption(whole('--patience <n>', 'stop after so many evaluations without a new best', 0))
    .addOption(whole('--sample-every <n>', 'updates between samples', 0))
    .option('--prompt <text...>', 'what samples go on from')
    .addOption(whole('--checkpoint-every <n>', 'updates between checkpoints'))
    .addOption(whole('--keep-last <n>', 'checkpoints to keep besides the best (default: 2)'))
    .addOption(whole('--n-layer <n>', 'blocks'))
    .addOption(whole('--n-head <n>', 'attention heads'))
    .addOption(whole('--n-embd <n>', 'width'))
    .addOption(whole('--n-ctx <n>', 'context, in tokens'))
    .addOption(seedOption('of weights, batches, dropout and stories'))
    .addOption(settingOption())
    .option('--resume', 'go on from the newest whole checkpoint in --out');
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt train --out runs/stories
  gpt train --recipe shakespeare-char --data input.txt --out runs/shakespeare
  gpt train --data book.txt --n-embd 192 --n-head 6 --max-steps 5000 --sample-every 500 --out runs/book
  gpt train --recipe gpt2-pretrain --data corpus/ --batch-size 32 --micro-batch-size 2 --out runs/gpt2
  gpt train --data novels/ wiki.txt --weights 3 1 --set emaDecay=0.999 --set schedule=linear --out runs/mix
  gpt train --config run.toml --out runs/toml
  gpt train --resume --out runs/book

A run that is stopped with Ctrl-C is saved first; one that is killed goes on from its last checkpoint. The folder gets
log.jsonl, report.html, the newest checkpoints and the model.`,
    )
    .action(async (flags: TrainFlags, command: Command) => {
      const outcome = flags.resume ? await resume(flags, command) : await start(flags);
      await report(outcome, flags);
    });
}

async function start(flags: TrainFlags): Promise<Outcome> {
  // Everything that can be wrong is found before anything is written.
  const storage = new FolderStorage(flags.out);
  const fromFile = flags.config === undefined ? {} : await readRunConfig(flags.config);
  const source = flags.config ?? 'gpt train';
  const asked = checkRunConfig(merge(fromFile, configFrom(flags)), source);
  const plan = planRun(withPackedTokenizer(asked), source);
  await assertNoRun(storage);
  const texts = await textsOf(plan);
  await configOf(plan, 1); // the sizes make sense, before minutes go into a tokenizer
  const tokenizer = await tokenizerOf(plan, texts);
  await assertEncodedBy(tokenizer, texts);
  const config = await configOf(plan, tokenizer.nVocab);
  const data = dataOf(plan, texts, tokenizer, config.nCtx);
  using trainer = await startRun(plan, config, texts, tokenizer, storage, await optionsOf(flags));
  return await trainAndDraw(trainer, data);
}

async function resume(flags: TrainFlags, command: Command): Promise<Outcome> {
  assertResumeFlags(command);
  const storage = new FolderStorage(flags.out);
  const run = await loadRunFile(storage);
  const plan = planRun(run.config, `${flags.out}/run.json: config`);
  const tokenizer = await inFolder(flags.out, () => loadTokenizer(storage));
  const texts: RunText[] = [];
  for (const source of run.texts) texts.push(await sameText(source));
  await assertEncodedBy(tokenizer, texts);
  const options = await optionsOf(flags);
  const begun = await hasCheckpoint(storage);
  if (!begun) printNote(`${flags.out} was stopped before its first checkpoint: it begins again.`);
  using trainer = begun
    ? await inFolder(flags.out, () => Trainer.resume(LanguageModelling, storage, options))
    : await startRun(plan, await configOf(plan, tokenizer.nVocab), texts, tokenizer, storage, options);
  const data = dataOf(plan, texts, tokenizer, trainer.objective.gpt.config.nCtx);
  if (begun) printNote(`Resuming ${flags.out} at step ${trainer.step}.`);
  return await trainAndDraw(trainer, data);
}

async function optionsOf(flags: TrainFlags): Promise<TrainerOptions> {
  const { memoryLimitBytes } = await startBackend(flags);
  return { memoryLimitBytes, ceilingFlops: await measureCeiling() };
}

/** The part of a configuration that flags give. */
function configFrom(flags: TrainFlags): RunConfig {
  const { recipe, preset, from, data, weights, documents, heldOut, evalTokens, prompt, set = [] } = flags;
  const { nLayer, nHead, nEmbd, nCtx, maxSteps, batchSize, microBatchSize, learningRate } = flags;
  const { warmupSteps, evalEvery, sampleEvery, checkpointEvery, keepLast, patience, seed } = flags;
  if (weights !== undefined && weights.length !== data?.length) {
    const expected = `one for each of the ${data?.length ?? 0} paths of --data`;
    throw new InvalidArgumentError({ argument: '--weights', expected, received: weights });
  }
  return compact({
    recipe,
    preset,
    from,
    model: { nLayer, nHead, nEmbd, nCtx },
    tokenizer: { kind: flags.tokenizer, nVocab: flags.vocabSize, from: flags.tokenizerFrom },
    data: {
      sources: data?.map((path, i) => compact({ path, weight: weights?.[i] })),
      documents,
      heldOut,
      evalTokens,
    },
    settings: {
      ...{ maxSteps, batchSize, microBatchSize, learningRate, warmupSteps, seed },
      ...{ evalEvery, sampleEvery, checkpointEvery, keepLast, patience },
      ...Object.fromEntries(set),
    },
    samples: { prompts: prompt },
  });
}

/** `over` on top of `base`, field by field. */
function merge(base: RunConfig, over: RunConfig): RunConfig {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isRecord(value) && isRecord(below) ? { ...below, ...value } : value;
  }
  return merged;
}

async function report(outcome: Outcome, flags: TrainFlags): Promise<void> {
  const { reason, step, validationLoss, parameters, seconds, bestStep } = outcome;
  const page = await drawRun(flags.out);
  if (flags.json) printJson({ out: flags.out, ...outcome, report: page });
  if (reason === 'aborted') {
    printNote(
      `Stopped and saved at step ${step}. Go on with: ${GPT_COMMAND} train --resume --out ${flags.out}`,
    );
    process.exitCode = 130;
  } else if (!flags.json) {
    const loss =
      validationLoss === undefined ? '' : `, validation loss ${validationLoss.toFixed(4)} nats per token`;
    printResult(
      `${parameters.toLocaleString('en')} parameters, ${step} steps in ${clock(1000 * seconds)}${loss}.`,
    );
    if (reason === 'early-stop')
      printResult(`Stopped early: the model saved is the best, of step ${bestStep}.`);
    if (page) printResult(`Curves: ${page}`);
    printResult(`Saved in ${flags.out}. Write with: ${GPT_COMMAND} generate --model ${flags.out}`);
  }
}
