/** `gpt quickstart`: one command from nothing to stories. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { FolderStorage } from '@gpt-ts/core/node';
import { GPT, generate, preset } from '@gpt-ts/model';
import { decodeStream, type Tokenizer, trainByteBpe } from '@gpt-ts/tokenizer';
import { type Recipe, recipes, Trainer } from '@gpt-ts/trainer';
import { Command, Option } from 'commander';
import { interruptible, printJson, printNote, printResult } from '../io.js';
import { count, jsonOption, seedOption, threadsOption } from '../options.js';
import { hasRun, saveRunFile, textFromStories } from '../run-folder.js';
import { type Outcome, trainAndDraw, windowsOf } from '../train-run.js';
import { clock } from '../train-view.js';

interface QuickstartFlags {
  out?: string;
  maxSteps?: number;
  stories: number;
  seed: number;
  threads?: number;
  json?: boolean;
}

const CHARACTERS = 6_000_000;
const KINDS = 10; // half of the story world: two minutes are not enough for all of it
const VOCABULARY = 2048;
const EVAL_TOKENS = 16_384;
const STORY_TOKENS = 300;

export function quickstartCommand(): Command {
  return new Command('quickstart')
    .description('Train a small GPT on the built-in story world and let it write: one to two minutes.')
    .option('--out <dir>', 'run folder to write (default: the first free runs/quickstart-N)')
    .addOption(new Option('--max-steps <n>', 'updates').argParser(count(1)))
    .addOption(new Option('--stories <n>', 'stories to write').argParser(count(0)).default(3))
    .addOption(seedOption('of weights, batches and stories').default(0))
    .addOption(threadsOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  gpt quickstart\n  gpt quickstart --max-steps 100 --out runs/short')
    .action(async (flags: QuickstartFlags) => {
      const out = flags.out ?? (await freeFolder());
      const { trained, tokenizer, model } = await train(out, flags);
      using _ = model;
      if (trained.reason === 'aborted') {
        printNote(
          `Stopped and saved at step ${trained.step}. Go on with: pnpm gpt train --resume --out ${out}`,
        );
        process.exitCode = 130;
        return;
      }
      const stories: string[] = [];
      for (let i = 0; i < flags.stories; i++) stories.push(await tell(model, tokenizer, flags.seed + i));
      if (flags.json) printJson({ out, ...trained, stories });
      else farewell(out, trained, stories);
    });
}

async function train(
  out: string,
  flags: QuickstartFlags,
): Promise<{ trained: Outcome; tokenizer: Tokenizer; model: GPT }> {
  const { seed, threads } = flags;
  const recipe: Recipe = { ...recipes.stories, seed, maxSteps: flags.maxSteps ?? recipes.stories.maxSteps };
  const backend = await useWasmBackend({ threads });
  printNote(`Making stories and learning ${VOCABULARY} tokens from them.`);
  const { text, source } = textFromStories(seed, CHARACTERS, KINDS);
  const tokenizer = await trainByteBpe(text, { nVocab: VOCABULARY });
  const config = { ...preset('stories').config, nVocab: tokenizer.nVocab };
  const windows = windowsOf(tokenizer, text, source, {
    ...recipe,
    nCtx: config.nCtx,
    evalTokens: EVAL_TOKENS,
  });
  const storage = new FolderStorage(out);
  await tokenizer.save(storage);
  await saveRunFile({ format: 1, preset: 'stories', text: source, evalTokens: EVAL_TOKENS }, storage);
  const model = GPT.random(config, seed);
  const trainer = Trainer.start(model, recipe, storage);
  printNote(`Training in ${out} on ${backend.threads} ${backend.threads === 1 ? 'thread' : 'threads'}.\n`);
  return { trained: await trainAndDraw(trainer, windows), tokenizer, model };
}

async function tell(model: GPT, tokenizer: Tokenizer, seed: number): Promise<string> {
  using interrupt = interruptible();
  const { signal } = interrupt;
  const options = { maxNewTokens: STORY_TOKENS, temperature: 0.6, seed, eotId: tokenizer.eotId, signal };
  let story = '';
  for await (const piece of decodeStream(tokenizer, generate(model, [tokenizer.eotId!], options)))
    story += piece;
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
  const millions = (parameters / 1e6).toFixed(2);
  printNote(
    `\nTrained ${millions} million parameters on ${tokens.toLocaleString('en')} tokens in ${clock(1000 * seconds)}; validation loss ${validationLoss?.toFixed(3)} nats per token.\n`,
  );
  for (const [i, story] of stories.entries()) printResult(`Story ${i + 1}\n\n${story}\n`);
  printNote(`Saved in ${out}. More: pnpm gpt generate --model ${out} --seed 42`);
}
