/** `gpt tokenizer train`: learn a vocabulary from text files. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { type AnyTokenizer, CharTokenizer, END_OF_TEXT } from '@gpt-ts/tokenizer';
import type { Gpt1Pipeline } from '@gpt-ts/tokenizer/gpt1';
import { trainByteBpe, trainGpt1Bpe } from '@gpt-ts/tokenizer/train';
import { Argument, Command, Option } from 'commander';
import { GPT_COMMAND, interruptible, printJson, printNote, printResult } from '../../io.js';
import { count, jsonOption } from '../../options.js';
import { type Progress, ProgressLine } from './progress-line.js';
import { checkFolder } from './tokenizer-folder.js';
import { sizeOf, TrainingTexts } from './training-texts.js';

type Kind = AnyTokenizer['kind'];

interface TrainFlags {
  out: string;
  kind: Kind;
  nVocab?: number;
  minFrequency?: number;
  pipeline?: Gpt1Pipeline;
  special?: string[] | false;
  force?: boolean;
  json?: boolean;
}

const N_VOCAB = 8192;

export function trainTokenizerCommand(): Command {
  return new Command('train')
    .description('Learn a vocabulary from text files of any size.')
    .addArgument(new Argument('<files...>', 'UTF-8 text; no token spans two files'))
    .requiredOption('--out <dir>', 'folder to write')
    .addOption(
      new Option('--kind <kind>', "byte-bpe is GPT-2's, gpt1-bpe GPT-1's, char one token a character")
        .choices(['byte-bpe', 'gpt1-bpe', 'char'])
        .default('byte-bpe'),
    )
    .addOption(new Option('--n-vocab <n>', `tokens at most (default: ${N_VOCAB})`).argParser(count(1)))
    .addOption(
      new Option('--min-frequency <n>', 'do not merge what is rarer (default: 2)').argParser(count(1)),
    )
    .addOption(
      new Option('--special <token>', `special token, may be repeated (default: ${END_OF_TEXT})`).argParser(
        (name: string, before: string[] | undefined) => [...(before ?? []), name],
      ),
    )
    .option('--no-special', 'no special token')
    .addOption(
      new Option('--pipeline <name>', 'how gpt1-bpe makes words of text (default: official)').choices([
        'official',
        'huggingface',
      ]),
    )
    .option('--force', 'overwrite the tokenizer in --out')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt tokenizer train corpus.txt --out tokenizers/mine
  gpt tokenizer train books/*.txt --n-vocab 32000 --min-frequency 3 --out tokenizers/books
  gpt tokenizer train input.txt --kind char --out tokenizers/characters

Ctrl-C stops it; then nothing is written.`,
    )
    .action(async (files: string[], flags: TrainFlags) => {
      // Everything that can be wrong at once is found before minutes go into it.
      checkFlags(flags);
      const storage = new FolderStorage(flags.out);
      const totalBytes = await sizeOf(files);
      await checkFolder(flags.out, storage, flags);
      await train(files, totalBytes, storage, flags);
    });
}

async function train(
  files: readonly string[],
  totalBytes: number | undefined,
  storage: FolderStorage,
  flags: TrainFlags,
): Promise<void> {
  using interrupt = interruptible();
  const begin = performance.now();
  const text = new TrainingTexts(files);
  const line = new ProgressLine(totalBytes);
  let dropped = 0;
  let tokenizer: AnyTokenizer;
  try {
    tokenizer = await learn(text, flags, {
      signal: interrupt.signal,
      onProgress(progress) {
        if (progress.type === 'count') dropped = progress.dropped ?? 0;
        line.show(progress, text.bytes);
      },
    });
    interrupt.signal.throwIfAborted();
    line.close();
    await tokenizer.save(storage); // to its end, whatever is pressed meanwhile
  } catch (error) {
    line.close();
    if (interrupt.signal.aborted) printNote('Stopped. Nothing was written.');
    throw error;
  }
  const seconds = (performance.now() - begin) / 1000;
  const bytesPerToken = text.bytesPerToken(tokenizer);
  report(tokenizer, { bytes: text.bytes, bytesPerToken, dropped, seconds }, flags);
}

interface Watch {
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}

async function learn(text: TrainingTexts, flags: TrainFlags, watch: Watch): Promise<AnyTokenizer> {
  const { kind, nVocab = N_VOCAB, minFrequency, pipeline } = flags;
  switch (kind) {
    case 'byte-bpe': {
      const specialTokens = flags.special === false ? [] : flags.special;
      return await trainByteBpe(text.documents(), { nVocab, minFrequency, specialTokens, ...watch });
    }
    case 'gpt1-bpe':
      return await trainGpt1Bpe(text.documents(), { nVocab, minFrequency, pipeline, ...watch });
    case 'char':
      return CharTokenizer.fromText(await distinctCharacters(text, watch));
  }
}

async function distinctCharacters(text: TrainingTexts, { signal, onProgress }: Watch): Promise<string> {
  const characters = new Set<string>();
  for (const document of text.documents()) {
    for await (const part of document) {
      for (const character of part) characters.add(character);
      onProgress({ type: 'count', pieces: characters.size });
      signal.throwIfAborted();
    }
  }
  return [...characters].join('');
}

function checkFlags(flags: TrainFlags): void {
  const only: [keyof TrainFlags, string, Kind[]][] = [
    ['nVocab', '--n-vocab', ['byte-bpe', 'gpt1-bpe']],
    ['pipeline', '--pipeline', ['gpt1-bpe']],
    ['minFrequency', '--min-frequency', ['byte-bpe', 'gpt1-bpe']],
    ['special', flags.special === false ? '--no-special' : '--special', ['byte-bpe']],
  ];
  for (const [name, flag, kinds] of only) {
    if (flags[name] === undefined || kinds.includes(flags.kind)) continue;
    const expected = `left out with --kind ${flags.kind}`;
    throw new InvalidArgumentError({ argument: flag, expected, received: flags[name] });
  }
}

interface Report {
  bytes: number;
  bytesPerToken: number | null;
  /** Distinct pieces that were forgotten, to save memory. */
  dropped: number;
  seconds: number;
}

function report(tokenizer: AnyTokenizer, figures: Report, { out, json }: TrainFlags): void {
  const { bytes, bytesPerToken, dropped, seconds } = figures;
  const { kind, nVocab } = tokenizer;
  const merges = tokenizer.kind === 'char' ? 0 : tokenizer.merges.length;
  if (json) {
    printJson({ out, kind, nVocab, merges, ...figures });
    return;
  }
  const mean = bytesPerToken === null ? '' : `, ${bytesPerToken.toFixed(2)} bytes per token`;
  const number = (value: number) => value.toLocaleString('en');
  printResult(
    `${number(nVocab)} tokens, ${number(merges)} merges from ${number(bytes)} bytes in ${seconds.toFixed(1)}s${mean}.`,
  );
  if (dropped > 0) printResult(`${number(dropped)} rare pieces were forgotten on the way, to save memory.`);
  printResult(
    `Saved in ${out}. See it with: ${GPT_COMMAND} tokenizer inspect "Some text" --tokenizer ${out}`,
  );
}
