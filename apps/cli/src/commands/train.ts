/** `gpt train`: learn to continue a text. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { GPT, type GPTConfig, gptConfig, type PresetName, preset, presets } from '@gpt-ts/model';
import { type ByteBpeTokenizer, CharTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import { trainByteBpe } from '@gpt-ts/tokenizer/train';
import { checkMemory, Trainer } from '@gpt-ts/trainer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { GPT_COMMAND, printJson, printNote, printResult } from '../io.js';
import { amount, count, jsonOption, seedOption } from '../options.js';
import {
  assertNoRun,
  inFolder,
  loadRunFile,
  sameText,
  saveRunFile,
  textFromFile,
  textFromStories,
} from '../run-folder.js';
import { type Outcome, recipeOf, trainAndDraw, windowsOf } from '../train-run.js';
import { clock } from '../train-view.js';

interface TrainFlags extends BackendFlags {
  out: string;
  data?: string;
  preset: PresetName;
  tokenizer?: 'char' | 'bpe';
  vocabSize?: number;
  evalTokens: number;
  resume?: boolean;
  json?: boolean;
  // What is left overrides the preset, field by field.
  nLayer?: number;
  nHead?: number;
  nEmbd?: number;
  nCtx?: number;
  maxSteps?: number;
  batchSize?: number;
  learningRate?: number;
  warmupSteps?: number;
  evalEvery?: number;
  checkpointEvery?: number;
  seed?: number;
}

/** Flags that make sense together with `--resume`; everything else is in the checkpoint. */
const RESUME_FLAGS = ['out', 'resume', 'threads', 'simd', 'json'];
const STORY_CHARACTERS = 6_000_000;

export function trainCommand(): Command {
  const command = new Command('train')
    .description('Train a model on a text file, or on the built-in story world.')
    .requiredOption('--out <dir>', 'run folder to write')
    .option('--data <file>', 'UTF-8 text to learn from (default: built-in stories)')
    .addOption(
      new Option('--preset <name>', 'model and recipe').choices(Object.keys(presets)).default('stories'),
    )
    .addOption(
      new Option('--tokenizer <kind>', 'default: char for shakespeare-char, else bpe').choices([
        'char',
        'bpe',
      ]),
    )
    .addOption(
      new Option('--vocab-size <n>', 'tokens of a bpe (default: 2048)')
        .argParser(count(257))
        .implies({ tokenizer: 'bpe' }),
    )
    .addOption(new Option('--max-steps <n>', 'updates').argParser(count(1)))
    .addOption(new Option('--batch-size <n>', 'sequences per update').argParser(count(1)))
    .addOption(new Option('--learning-rate <x>', 'peak; the cosine ends at a tenth').argParser(amount))
    .addOption(new Option('--warmup-steps <n>', 'updates of warm-up').argParser(count(0)))
    .addOption(new Option('--eval-every <n>', 'updates between evaluations').argParser(count(1)))
    .addOption(
      new Option('--eval-tokens <n>', 'held-back tokens per evaluation').argParser(count(1)).default(131_072),
    )
    .addOption(new Option('--checkpoint-every <n>', 'updates between checkpoints').argParser(count(1)))
    .addOption(new Option('--n-layer <n>', 'blocks').argParser(count(1)))
    .addOption(new Option('--n-head <n>', 'attention heads').argParser(count(1)))
    .addOption(new Option('--n-embd <n>', 'width').argParser(count(1)))
    .addOption(new Option('--n-ctx <n>', 'context, in tokens').argParser(count(1)))
    .addOption(seedOption('of weights, batches and stories'))
    .option('--resume', 'go on from the last checkpoint in --out');
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt train --out runs/stories
  gpt train --data input.txt --tokenizer char --preset shakespeare-char --out runs/shakespeare
  gpt train --data book.txt --n-embd 192 --n-head 6 --max-steps 5000 --out runs/book
  gpt train --resume --out runs/book

A run that is stopped with Ctrl-C is saved first and can be resumed.`,
    )
    .action(async (flags: TrainFlags, command: Command) => {
      const outcome = flags.resume ? await resume(flags, command) : await start(flags);
      report(outcome, flags);
    });
}

async function start(flags: TrainFlags): Promise<Outcome> {
  // Everything that can be wrong is found before anything is written.
  const storage = new FolderStorage(flags.out);
  const { maxSteps, batchSize, learningRate, warmupSteps, evalEvery, checkpointEvery, seed } = flags;
  const minLearningRate = learningRate === undefined ? undefined : learningRate / 10;
  const rates = { learningRate, minLearningRate, warmupSteps };
  const given = { maxSteps, batchSize, ...rates, evalEvery, checkpointEvery, seed };
  const recipe = recipeOf(flags.preset, given, 'gpt train');
  await assertNoRun(storage);
  const { text, source } =
    flags.data === undefined
      ? textFromStories(recipe.seed, STORY_CHARACTERS)
      : await textFromFile(flags.data);
  configOf(flags, 1); // the sizes make sense, before minutes go into a tokenizer
  const tokenizer = await tokenizerOf(flags, text);
  const config = configOf(flags, tokenizer.nVocab);
  const { memoryLimitBytes } = await startBackend(flags);
  checkMemory(config, recipe, memoryLimitBytes); // before the model, which takes a good part of it
  const { nCtx } = config;
  const { evalTokens } = flags;
  const windows = windowsOf(tokenizer, text, source, { ...recipe, nCtx, evalTokens });

  await tokenizer.save(storage);
  await saveRunFile({ format: 1, preset: flags.preset, text: source, evalTokens }, storage);
  using trainer = Trainer.start(GPT.random(config, recipe.seed), recipe, storage, { memoryLimitBytes });
  return await trainAndDraw(trainer, windows);
}

async function resume(flags: TrainFlags, command: Command): Promise<Outcome> {
  const extra = command.options
    .map((option) => option.attributeName())
    .find((name) => command.getOptionValueSource(name) === 'cli' && !RESUME_FLAGS.includes(name));
  if (extra !== undefined) {
    throw new InvalidArgumentError({
      argument: '--resume',
      expected: 'used with --out alone, the rest is in the checkpoint',
      received: `--${extra.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    });
  }
  const storage = new FolderStorage(flags.out);
  const run = await loadRunFile(storage);
  const tokenizer = await inFolder(flags.out, () => loadTokenizer(storage));
  const text = await sameText(run.text);
  const { memoryLimitBytes } = await startBackend(flags);
  using trainer = await inFolder(flags.out, () => Trainer.resume(storage, { memoryLimitBytes }));
  const { nCtx } = trainer.model.config;
  const windows = windowsOf(tokenizer, text, run.text, {
    ...trainer.recipe,
    nCtx,
    evalTokens: run.evalTokens,
  });
  printNote(`Resuming ${flags.out} at step ${trainer.step}.`);
  return await trainAndDraw(trainer, windows);
}

function configOf(flags: TrainFlags, nVocab: number): GPTConfig {
  const { nLayer, nHead, nEmbd, nCtx } = flags;
  const given = Object.entries({ nLayer, nHead, nEmbd, nCtx }).filter(([, value]) => value !== undefined);
  return gptConfig({ ...preset(flags.preset).config, ...Object.fromEntries(given), nVocab });
}

async function tokenizerOf(flags: TrainFlags, text: string): Promise<CharTokenizer | ByteBpeTokenizer> {
  const kind = flags.tokenizer ?? (flags.preset === 'shakespeare-char' ? 'char' : 'bpe');
  if (kind === 'char' && flags.vocabSize !== undefined) {
    const expected = 'left out with --tokenizer char, whose vocabulary is the characters of the text';
    throw new InvalidArgumentError({ argument: '--vocab-size', expected, received: flags.vocabSize });
  }
  if (kind === 'char') return CharTokenizer.fromText(text);
  const { vocabSize = 2048 } = flags;
  printNote(`Training a byte-level BPE of up to ${vocabSize} tokens.`);
  return await trainByteBpe(text, { nVocab: vocabSize });
}

function report(outcome: Outcome, flags: TrainFlags): void {
  const { reason, step, validationLoss, parameters, seconds } = outcome;
  if (flags.json) printJson({ out: flags.out, ...outcome });
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
    printResult(`Saved in ${flags.out}. Write with: ${GPT_COMMAND} generate --model ${flags.out}`);
  }
}
