/** `gpt generate`: continue prompts. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { readText } from '@gpt-ts/data/node';
import { beamSearch, type GenerateOptions, type GPT, generate, type Hypothesis } from '@gpt-ts/model';
import type { AnyTokenizer } from '@gpt-ts/tokenizer';
import { Command, Option } from 'commander';
import { addBackendOptions, type BackendFlags, startBackend } from '../backend.js';
import { GeneratedTexts } from '../generated-texts.js';
import { interruptible, printJson, printResult } from '../io.js';
import { amount, count, jsonOption, modelOption, seedOption } from '../options.js';
import { loadRun } from '../run-folder.js';

interface GenerateFlags extends BackendFlags {
  model: string;
  prompt: string[];
  promptFile: string[];
  maxNewTokens: number;
  temperature: number;
  topK?: number;
  topP?: number;
  topPRule?: GenerateOptions['topPRule'];
  repetitionPenalty?: number;
  samples: number;
  seed: number;
  stop: string[];
  slideBy?: number;
  beam?: number;
  lengthPenalty?: number;
  logProbs?: number;
  json?: boolean;
}

/** What only drawing has, not beam search. */
const DRAWING: (keyof GenerateFlags)[] = [
  ...(['temperature', 'topK', 'topP', 'topPRule', 'repetitionPenalty'] as const),
  ...(['samples', 'seed', 'stop', 'logProbs'] as const),
];

export function generateCommand(): Command {
  const several = (value: string, before: string[]) => [...before, value];
  const command = new Command('generate')
    .description('Write with a trained model.')
    .addOption(modelOption())
    .option(
      '--prompt <text>',
      'text to continue; may be repeated (default: the start of a document)',
      several,
      [],
    )
    .option('--prompt-file <file>', 'UTF-8 file whose text is continued; may be repeated', several, [])
    .addOption(new Option('--max-new-tokens <n>', 'length at most').argParser(count(0)).default(200))
    .addOption(
      new Option('--temperature <x>', '0 always takes the likeliest token').argParser(amount).default(0.8),
    )
    .addOption(new Option('--top-k <n>', 'choose among the k likeliest').argParser(count(1)))
    .addOption(new Option('--top-p <p>', 'choose among the likeliest that add up to p').argParser(amount))
    .addOption(
      new Option(
        '--top-p-rule <rule>',
        'whether the token that crosses p is one of them (default: covering)',
      ).choices(['covering', 'gpt2-release']),
    )
    .addOption(
      new Option('--repetition-penalty <x>', 'above 1: less of what stands there already').argParser(amount),
    )
    .addOption(new Option('--samples <n>', 'texts per prompt').argParser(count(1)).default(1))
    .addOption(seedOption('same seed, same text').default(0))
    .option('--stop <text>', 'end before this text; may be repeated', several, [])
    .addOption(
      new Option(
        '--slide-by <n>',
        'once the context is full, forget n tokens at a time; 1 is exact and slow (default: 1)',
      ).argParser(count(1)),
    )
    .addOption(
      new Option('--beam <width>', 'search for the likeliest texts instead of drawing')
        .argParser(count(1))
        .conflicts(DRAWING),
    )
    .addOption(
      new Option('--length-penalty <a>', 'with --beam: 0 prefers short texts (default: 0.6)').argParser(
        amount,
      ),
    )
    .addOption(
      new Option('--log-probs <n>', 'with --json: the n likeliest ids at each place').argParser(count(1)),
    );
  return addBackendOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Ctrl-C prints what there is.

Examples:
  gpt generate --model runs/stories
  gpt generate --model runs/shakespeare --prompt "ROMEO:" --temperature 0.7 --top-k 40 --seed 1
  gpt generate --model runs/stories --prompt "Tom" --prompt "Mia" --samples 3 --top-p 0.9 --stop $'\\n'
  gpt generate --model runs/stories --prompt "Once" --beam 4 --max-new-tokens 50
  gpt generate --model runs/stories --prompt "Once" --log-probs 5 --json`,
    )
    .action(async (flags: GenerateFlags) => {
      checkTogether(flags);
      const prompts = [
        ...flags.prompt,
        ...(await Promise.all(flags.promptFile.map((file) => readText(file)))),
      ];
      if (prompts.length === 0) prompts.push('');
      using interrupt = interruptible();
      await startBackend(flags);
      const { model, tokenizer } = await loadRun(flags.model);
      using _ = model;
      if (flags.beam === undefined) await draw(model, tokenizer, prompts, flags, interrupt.signal);
      else await search(model, tokenizer, prompts, flags, interrupt.signal);
    });
}

async function draw(
  model: GPT,
  tokenizer: AnyTokenizer,
  prompts: string[],
  flags: GenerateFlags,
  signal: AbortSignal,
): Promise<void> {
  const { maxNewTokens, temperature, topK, topP, topPRule, repetitionPenalty, samples, seed, slideBy } =
    flags;
  const sampling = {
    maxNewTokens,
    temperature,
    topK,
    topP,
    topPRule,
    repetitionPenalty,
    samples,
    seed,
    slideBy,
  };
  const options: GenerateOptions = {
    ...{ ...sampling, signal, stopStrings: flags.stop, topLogProbs: flags.logProbs },
    ...{ ...knownTo(tokenizer), promptTexts: prompts },
  };
  const ids = prompts.map((prompt) => idsOf(tokenizer, prompt));
  const events = generate(model, ids, options); // checks everything before anything is shown
  const generated = new GeneratedTexts(prompts, samples);
  const { texts } = generated;
  const live = texts.length === 1 && !flags.json; // one text is shown while it is written
  if (live) process.stdout.write(prompts[0]);
  try {
    for await (const event of events) {
      const piece = generated.add(event);
      if (live) process.stdout.write(piece);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    process.exitCode = 130;
  }
  if (flags.json) printJson({ ...sampling, texts });
  else if (live) process.stdout.write('\n');
  else printTexts(texts.map(({ prompt, text }) => prompt + text));
}

async function search(
  model: GPT,
  tokenizer: AnyTokenizer,
  prompts: string[],
  flags: GenerateFlags,
  signal: AbortSignal,
): Promise<void> {
  const { maxNewTokens, beam: width, lengthPenalty: alpha, slideBy } = flags;
  const texts: (Hypothesis & { prompt: string })[] = [];
  for (const prompt of prompts) {
    const options = { maxNewTokens, width, alpha, slideBy, signal, ...knownTo(tokenizer) };
    const found = await beamSearch(model, idsOf(tokenizer, prompt), { ...options, promptText: prompt });
    texts.push(...found.map((each) => ({ prompt, ...each })));
  }
  if (flags.json) printJson({ maxNewTokens, beam: width, lengthPenalty: alpha, slideBy, texts });
  else {
    printTexts(texts.map(({ prompt, text, score }) => `[${score.toFixed(3)}] ${prompt}${text}`));
  }
}

/** What the tokenizer says about ids: which have a text, which text, and which of them ends a document. */
function knownTo(
  tokenizer: AnyTokenizer,
): Pick<GenerateOptions, 'eotId' | 'nDrawable'> & { decode: (ids: readonly number[]) => string } {
  const { eotId, nVocab: nDrawable } = tokenizer;
  return { eotId, nDrawable, decode: (ids) => tokenizer.decode(ids) };
}

function printTexts(texts: string[]): void {
  printResult(texts.join('\n---\n'));
}

function idsOf(tokenizer: AnyTokenizer, prompt: string): number[] {
  return prompt === '' ? documentStart(tokenizer) : tokenizer.encode(prompt);
}

/** What comes before a document: the end of another one, or a new line. */
function documentStart(tokenizer: AnyTokenizer): number[] {
  if (tokenizer.eotId !== undefined) return [tokenizer.eotId];
  if (tokenizer.kind === 'char' && !tokenizer.characters.includes('\n')) {
    const expected = 'given: this vocabulary has nothing that starts a document';
    throw new InvalidArgumentError({ argument: '--prompt', expected, received: '' });
  }
  return tokenizer.encode('\n');
}

function checkTogether({ beam, lengthPenalty, logProbs, json }: GenerateFlags): void {
  if (lengthPenalty !== undefined && beam === undefined) {
    const expected = 'given with --beam';
    throw new InvalidArgumentError({ argument: '--length-penalty', expected, received: lengthPenalty });
  }
  if (logProbs !== undefined && !json) {
    throw new InvalidArgumentError({
      argument: '--log-probs',
      expected: 'given with --json',
      received: logProbs,
    });
  }
}
