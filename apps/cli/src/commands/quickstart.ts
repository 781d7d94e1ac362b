/** `gpt quickstart`: one command from nothing to stories. */
import { FolderStorage } from '@gpt-ts/core/node';
import { GPT, generateText, gptConfig, preset } from '@gpt-ts/model';
import type { Tokenizer } from '@gpt-ts/tokenizer';
import { trainByteBpe } from '@gpt-ts/tokenizer/train';
import { checkMemory, Trainer } from '@gpt-ts/trainer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { GPT_COMMAND, interruptible, printJson, printNote, printResult } from '../io.js';
import { count, jsonOption, seedOption } from '../options.js';
import { assertNoRun, hasRun, saveRunFile, textFromStories } from '../run-folder.js';
import { type Outcome, recipeOf, trainAndDraw, windowsOf } from '../train-run.js';
import { clock } from '../train-view.js';

interface QuickstartFlags extends BackendFlags {
  out?: string;
  maxSteps?: number;
  stories: number;
  seed: number;
  json?: boolean;
}

const CHARACTERS = 6_000_000;
const KINDS = 10; // half of the story world: two minutes are not enough for all of it
const VOCABULARY = 2048;
const EVAL_TOKENS = 16_384;
const STORY_TOKENS = 300;

export function quickstartCommand(): Command {
  const command = new Command('quickstart')
    .description('Train a small GPT on the built-in story world and let it write: one to two minutes.')
    .option(
      '--out <dir>',
      'run folder to write (default: runs/quickstart, or the first free runs/quickstart-N)',
    )
    .addOption(new Option('--max-steps <n>', 'updates').argParser(count(1)))
    .addOption(new Option('--stories <n>', 'stories to write').argParser(count(0)).default(3))
    .addOption(seedOption('of weights, batches and stories').default(0));
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  gpt quickstart\n  gpt quickstart --max-steps 100 --out runs/short')
    .action(async (flags: QuickstartFlags) => {
      const { seed, maxSteps } = flags;
      const out = flags.out ?? (await freeFolder());
      const storage = new FolderStorage(out);
      await assertNoRun(storage);
      const backend = await startBackend(flags);
      const recipe = recipeOf('stories', { seed, maxSteps }, 'gpt quickstart');

      printNote(`Making stories and learning up to ${VOCABULARY} tokens from them.`);
      const { text, source } = textFromStories(seed, CHARACTERS, KINDS);
      const tokenizer = await trainByteBpe(text, { nVocab: VOCABULARY });
      const config = gptConfig({ ...preset('stories').config, nVocab: tokenizer.nVocab });
      const limits = { memoryLimitBytes: backend.memoryLimitBytes };
      checkMemory(config, recipe, limits.memoryLimitBytes);
      const sizes = { ...recipe, nCtx: config.nCtx, evalTokens: EVAL_TOKENS };
      const windows = windowsOf(tokenizer, text, source, sizes);
      await tokenizer.save(storage);
      await saveRunFile({ format: 1, preset: 'stories', text: source, evalTokens: EVAL_TOKENS }, storage);
      using trainer = Trainer.start(GPT.random(config, seed), recipe, storage, limits);

      printNote(
        `Training in ${out} on ${backend.threads} ${backend.threads === 1 ? 'thread' : 'threads'}.\n`,
      );
      const trained = await trainAndDraw(trainer, windows);
      const stories: string[] = [];
      for (let i = 0; trained.reason === 'done' && i < flags.stories; i++) {
        stories.push(await tell(trainer.model, tokenizer, seed + i));
      }
      if (flags.json) printJson({ out, ...trained, stories });
      if (trained.reason === 'aborted') {
        printNote(
          `Stopped and saved at step ${trained.step}. Go on with: ${GPT_COMMAND} train --resume --out ${out}`,
        );
        process.exitCode = 130;
      } else if (!flags.json) farewell(out, trained, stories);
    });
}

async function tell(model: GPT, tokenizer: Tokenizer, seed: number): Promise<string> {
  using interrupt = interruptible();
  const options = { maxNewTokens: STORY_TOKENS, temperature: 0.6, seed, signal: interrupt.signal };
  let story = '';
  for await (const piece of generateText(model, tokenizer, '', options)) story += piece;
  return story.trim();
}

async function freeFolder(): Promise<string> {
  for (let n = 1; ; n++) {
    const folder = n === 1 ? 'runs/quickstart' : `runs/quickstart-${n}`;
    if (!(await hasRun(new FolderStorage(folder)))) return folder;
  }
}

function farewell(
  out: string,
  { parameters, tokens, seconds, validationLoss }: Outcome,
  stories: string[],
): void {
  printNote(
    `\nTrained ${parameters.toLocaleString('en')} parameters on ${tokens.toLocaleString('en')} tokens in ${clock(1000 * seconds)}; validation loss ${validationLoss?.toFixed(3)} nats per token.\n`,
  );
  for (const [i, story] of stories.entries()) printResult(`Story ${i + 1}\n\n${story}\n`);
  printNote(`Saved in ${out}. More: ${GPT_COMMAND} generate --model ${out} --seed 42`);
}
