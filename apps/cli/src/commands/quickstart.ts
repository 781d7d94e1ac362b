/** `gpt quickstart`: one command from nothing to stories. */
import { FolderStorage } from '@gpt-ts/core/node';
import { type GPT, generateText } from '@gpt-ts/model';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { compact } from '../compact.js';
import { GPT_COMMAND, interruptible, printJson, printNote, printResult } from '../io.js';
import { count, jsonOption, seedOption } from '../options.js';
import { configOf, planRun, tokenizerOf } from '../plan-run.js';
import { drawRun } from '../report-files.js';
import { assertNoRun, hasRun } from '../run-folder.js';
import { storyText } from '../run-text.js';
import { dataOf, measureCeiling, type Outcome, startRun, trainAndDraw } from '../train-run.js';
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
      const data = { evalTokens: EVAL_TOKENS };
      const plan = planRun(
        { recipe: 'stories', data, settings: compact({ seed, maxSteps }) },
        'gpt quickstart',
      );
      const text = storyText(seed, CHARACTERS, KINDS);

      printNote(`Making stories and learning up to ${plan.config.tokenizer?.nVocab} tokens from them.`);
      const tokenizer = await tokenizerOf(plan, [text]);
      const options = { memoryLimitBytes: backend.memoryLimitBytes, ceilingFlops: await measureCeiling() };
      printNote(
        `Training in ${out} on ${backend.threads} ${backend.threads === 1 ? 'thread' : 'threads'}.\n`,
      );
      const config = await configOf(plan, tokenizer.nVocab);
      const windows = dataOf(plan, [text], tokenizer, config.nCtx);
      using trainer = await startRun(plan, config, [text], tokenizer, storage, options);
      const trained = await trainAndDraw(trainer, windows);
      const stories: string[] = [];
      for (let i = 0; trained.reason === 'done' && i < flags.stories; i++) {
        stories.push(await tell(trainer.objective.gpt, tokenizer, seed + i));
      }
      const report = await drawRun(out);
      if (flags.json) printJson({ out, ...trained, stories, report });
      if (trained.reason === 'aborted') {
        printNote(
          `Stopped and saved at step ${trained.step}. Go on with: ${GPT_COMMAND} train --resume --out ${out}`,
        );
        process.exitCode = 130;
      } else if (!flags.json) farewell(out, trained, stories);
    });
}

async function tell(model: GPT, tokenizer: AnyTokenizer, seed: number): Promise<string> {
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
