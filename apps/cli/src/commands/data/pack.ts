/** `gpt data pack`: texts to files of ids, which training reads window by window. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import {
  type DocumentWriter,
  heldOutWriter,
  llmcWriter,
  nanoGptWriter,
  type PackedFiles,
  type SplitFiles,
  shardWriter,
} from '@gpt-ts/data';
import { type AnyTokenizer, CharTokenizer } from '@gpt-ts/tokenizer';
import { Command, Option } from 'commander';
import { GPT_COMMAND, interruptible, printJson, printNote, printResult } from '../../io.js';
import { LiveLine, timeLeft } from '../../live-line.js';
import { amount, count, jsonOption } from '../../options.js';
import { openTokenizer } from '../tokenizer/open-tokenizer.js';
import { checkFolder } from '../tokenizer/tokenizer-folder.js';
import { sizeOf } from '../tokenizer/training-texts.js';
import { DocumentTexts, filesOf } from './document-texts.js';
import { encodePieces, joined } from './encode-pieces.js';

interface PackFlags {
  data: string[];
  tokenizer: string;
  out: string;
  format: keyof typeof formats;
  shardTokens?: number;
  heldOut?: number;
  force?: boolean;
  json?: boolean;
}

/** Who writes, and what the held-back part is called there. */
const formats = {
  shards: { writer: shardWriter, heldOut: 'validation' },
  nanogpt: { writer: nanoGptWriter, heldOut: 'val' },
  llmc: { writer: llmcWriter, heldOut: 'val' },
} as const;

/** Names of the files that one of them writes. */
const PACKED = /^(train|validation|val)(-\d{5,}\.safetensors|_\d{6,}\.bin|\.bin)$/;

export function packCommand(): Command {
  return new Command('pack')
    .description('Encode texts once, into files that training reads window by window.')
    .requiredOption(
      '--data <path...>',
      'texts with <|endoftext|> between documents, .jsonl files, or folders of both',
    )
    .addOption(
      new Option('--tokenizer <name>', "gpt2, char, or a folder with a tokenizer's files").default('gpt2'),
    )
    .requiredOption('--out <dir>', 'folder to write')
    .addOption(new Option('--format <format>', 'whose files').choices(Object.keys(formats)).default('shards'))
    .addOption(
      new Option('--shard-tokens <n>', 'tokens in a file, at most (default: 33554432)').argParser(count(1)),
    )
    .addOption(
      new Option('--held-out <share>', 'share of the documents to keep apart for evaluation').argParser(
        amount,
      ),
    )
    .option('--force', 'replace what --out holds')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  gpt data pack --data corpus/ --out packed
  gpt data pack --data a.txt b.jsonl --tokenizer tokenizers/mine --held-out 0.01 --out packed
  gpt data pack --data input.txt --format nanogpt --held-out 0.0005 --out nanoGPT/data/mine
  gpt train --data packed --preset gpt2 --out runs/mine

The tokenizer is saved beside the files. Ctrl-C stops it; then nothing is left.`,
    )
    .action(async (flags: PackFlags) => {
      // Everything that can be wrong at once is found before hours go into it.
      if (flags.format === 'nanogpt' && flags.shardTokens !== undefined) {
        const expected = 'left out with --format nanogpt, which is one file';
        throw new InvalidArgumentError({ argument: '--shard-tokens', expected, received: flags.shardTokens });
      }
      const files = await filesOf(flags.data);
      const totalBytes = await sizeOf(files);
      const storage = new FolderStorage(flags.out);
      const old = (await storage.list()).filter((name) => PACKED.test(name));
      if (old.length > 0 && !flags.force) {
        const expected = 'a folder without packed data';
        const hint = `It has ${old[0]}. Choose another folder, or replace it with --force.`;
        throw new InvalidArgumentError({ argument: '--out', expected, received: flags.out, hint });
      }
      await checkFolder(flags.out, storage, flags);
      using interrupt = interruptible();
      const tokenizer = await tokenizerFor(flags.tokenizer, files, interrupt.signal);
      const writer = writerFor(tokenizer, storage, flags);
      for (const name of old) await storage.remove(name);
      await pack({ files, totalBytes, tokenizer, writer, storage, signal: interrupt.signal }, flags);
    });
}

interface Work {
  files: readonly string[];
  totalBytes: number | undefined;
  tokenizer: AnyTokenizer;
  writer: DocumentWriter;
  storage: FolderStorage;
  signal: AbortSignal;
}

async function pack(work: Work, flags: PackFlags): Promise<void> {
  const { files, totalBytes = 0, tokenizer, writer, storage, signal } = work;
  const begin = performance.now();
  const texts = new DocumentTexts(files);
  const line = new LiveLine();
  let tokens = 0;
  let packed: PackedFiles | SplitFiles;
  try {
    for await (const { ids, ends } of encodePieces(tokenizer, texts.pieces())) {
      signal.throwIfAborted();
      await writer.add(ids);
      if (ends) await writer.endDocument();
      tokens += ids.length;
      line.show(() => {
        const left = timeLeft(performance.now() - begin, texts.bytes, totalBytes);
        return `${(texts.bytes / 1e6).toFixed(1)} MB read, ${tokens.toLocaleString('en')} tokens${left}`;
      });
    }
    signal.throwIfAborted();
    packed = await writer.close();
    await tokenizer.save(storage);
  } catch (error) {
    await writer.abort().catch(() => undefined); // the first error is the one to tell
    line.close();
    if (signal.aborted) printNote('Stopped. Nothing was written.');
    throw error;
  }
  line.close();
  report(packed, { bytes: texts.bytes, seconds: (performance.now() - begin) / 1000 }, tokenizer, flags);
}

/** The tokenizer of that name; `char` is learned from the texts, which are read for it once more. */
async function tokenizerFor(
  name: string,
  files: readonly string[],
  signal: AbortSignal,
): Promise<AnyTokenizer> {
  if (name !== 'char') return await openTokenizer(name);
  const characters = new Set<string>();
  for await (const { text } of joined(new DocumentTexts(files).pieces())) {
    for (const character of text) characters.add(character);
    signal.throwIfAborted();
  }
  return CharTokenizer.fromText([...characters].join(''));
}

function writerFor(
  { nVocab, eotId }: AnyTokenizer,
  storage: FolderStorage,
  flags: PackFlags,
): DocumentWriter {
  const { format, shardTokens, heldOut: share } = flags;
  const { writer, heldOut } = formats[format];
  const options = { storage, nVocab, eotId, shardTokens };
  const train = writer(options);
  if (share === undefined || share === 0) return train;
  if (eotId === undefined) {
    throw new InvalidArgumentError({
      argument: '--held-out',
      expected: 'left out with a tokenizer without <|endoftext|>, to which all is one document',
      received: share,
      hint: 'gpt train holds back the end of it.',
    });
  }
  return heldOutWriter(train, writer({ ...options, name: heldOut }), { share });
}

function report(
  packed: PackedFiles | SplitFiles,
  figures: { bytes: number; seconds: number },
  { nVocab }: AnyTokenizer,
  { out, format, json }: PackFlags,
): void {
  if (json) {
    printJson({ out, format, nVocab, ...packed, ...figures });
    return;
  }
  const { documents, tokens, files } = packed;
  const number = (value: number) => value.toLocaleString('en');
  const pace = `${number(figures.bytes)} bytes in ${figures.seconds.toFixed(1)}s`;
  printResult(
    `${number(documents)} documents, ${number(tokens)} tokens from ${pace}, in ${files.length} files.`,
  );
  if ('heldOut' in packed) {
    const { heldOut } = packed;
    printResult(`${number(heldOut.documents)} documents of ${number(heldOut.tokens)} tokens are held back.`);
  }
  const next = format === 'shards' ? ` Learn from it with: ${GPT_COMMAND} train --data ${out} --out DIR` : '';
  printResult(`Saved in ${out}.${next}`);
}
