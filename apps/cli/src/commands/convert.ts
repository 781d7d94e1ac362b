/** `gpt convert`: weights from one layout to another. */
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InvalidArgumentError, InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import {
  CONFIG_FILE,
  type Conversion,
  convertWeights,
  INDEX_FILE,
  type LayoutName,
  LLM_C_FILE,
  layoutNames,
  WEIGHTS_FILE,
} from '@gpt-ts/model';
import { Command, Option, InvalidArgumentError as UsageError } from 'commander';
import { printJson, printNote, printResult } from '../io.js';
import { count, jsonOption } from '../options.js';
import { inFolder } from '../run-folder.js';

interface ConvertFlags {
  from: string;
  to: string;
  layout?: LayoutName;
  dtype: 'f32' | 'f16' | 'bf16';
  maxShardSize?: number;
  nHead?: number;
  force?: boolean;
  json?: boolean;
}

/** What a folder with weights has one of. */
const WEIGHTS = [WEIGHTS_FILE, INDEX_FILE, LLM_C_FILE, CONFIG_FILE];
const TOKENIZER_FILES = [
  ...['vocab.json', 'merges.txt', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'],
  ...['encoder.json', 'vocab.bpe', 'encoder_bpe_40000.json', 'vocab_40000.bpe'],
];
const QUIET_MS = 2000;

export function convertCommand(): Command {
  return new Command('convert')
    .description("Write a model's weights in another layout, type or number of files.")
    .requiredOption('--from <path>', 'folder of a model; or its .safetensors, or the .bin of llm.c')
    .requiredOption('--to <dir>', 'folder to write')
    .addOption(
      new Option(
        '--layout <name>',
        'default: gpt2 or openai-gpt if it can tell the model, else gpt-ts',
      ).choices(layoutNames),
    )
    .addOption(new Option('--dtype <type>', 'of the numbers').choices(['f32', 'f16', 'bf16']).default('f32'))
    .addOption(new Option('--max-shard-size <size>', 'of a file, such as 2GB or 500MB').argParser(byteSize))
    .addOption(
      new Option(
        '--n-head <n>',
        'heads of a nanoGPT file without a config; others say it themselves',
      ).argParser(count(1)),
    )
    .option('--force', 'also over the weights that the folder holds; what they leave over is removed')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Reads Hugging Face's GPT-1, GPT-2 and GPT-Neo, nanoGPT, llm.c, OpenAI's GPT-1 release and gpt-ts. One tensor at a time is
in memory.

Examples:
  gpt convert --from gpt2 --to gpt2-bf16 --dtype bf16
  gpt convert --from gpt2 --to gpt2-c --layout llm.c
  gpt convert --from finetune-transformer-lm/model --to gpt1
  gpt convert --from ckpt.safetensors --n-head 6 --to shakespeare`,
    )
    .action(async (flags: ConvertFlags) => {
      const { folder, file } = await sourceOf(flags.from);
      await checkTarget(flags, folder);
      const conversion = await convert(flags, folder, file);
      const copied = await copyTokenizer(folder, flags.to);
      report(conversion, copied, flags);
    });
}

async function convert(flags: ConvertFlags, folder: string, file: string | undefined): Promise<Conversion> {
  const { layout, nHead, maxShardSize: maxShardBytes } = flags;
  const dtype = ({ f32: 'F32', f16: 'F16', bf16: 'BF16' } as const)[flags.dtype];
  const to = new FolderStorage(flags.to);
  let next = performance.now() + QUIET_MS;
  const onProgress = ({
    tensor,
    bytes,
    totalBytes,
  }: {
    tensor: string;
    bytes: number;
    totalBytes: number;
  }) => {
    if (performance.now() < next) return;
    next = performance.now() + QUIET_MS;
    printNote(`${Math.round((100 * bytes) / totalBytes)}% of ${megabytes(totalBytes)}: ${tensor}`);
  };
  const options = { file, nHead, layout, dtype, maxShardBytes, onProgress };
  return await inFolder(folder, () => convertWeights(new FolderStorage(folder), to, options));
}

/** The folder and, where a file was named, the file. */
async function sourceOf(path: string): Promise<{ folder: string; file?: string }> {
  const info = await stat(path).catch((cause) => {
    throw new InvalidFileError({ file: path, problem: 'there is no such file or folder', cause });
  });
  return info.isDirectory() ? { folder: path } : { folder: dirname(path), file: basename(path) };
}

/** Throws when weights would be overwritten. */
async function checkTarget({ to, force }: ConvertFlags, from: string): Promise<void> {
  const fail = (expected: string, hint: string) => {
    throw new InvalidArgumentError({ argument: '--to', expected, received: to, hint });
  };
  if (resolve(to) === resolve(from)) {
    fail('another folder than --from', 'The old files are read while the new ones are written.');
  }
  const there = WEIGHTS.find((name) => existsSync(join(to, name)));
  if (there === undefined || force) return;
  fail('a folder without weights', `It has ${there}. Choose another folder, or overwrite it with --force.`);
}

/** Copies the tokenizer, if there is one; files of another kind of tokenizer go then. */
async function copyTokenizer(from: string, to: string): Promise<string[]> {
  const [source, target] = [new FolderStorage(from), new FolderStorage(to)];
  const copied: string[] = [];
  for (const name of TOKENIZER_FILES) {
    const bytes = await source.read(name);
    if (bytes === undefined) continue;
    await target.write(name, [bytes]);
    copied.push(name);
  }
  if (copied.length === 0) return copied;
  for (const name of TOKENIZER_FILES) if (!copied.includes(name)) await target.remove(name);
  return copied;
}

function report(
  { from, layout, files, bytes, config }: Conversion,
  copied: string[],
  flags: ConvertFlags,
): void {
  if (flags.json) {
    printJson({ from, layout, dtype: flags.dtype, files: [...files, ...copied], bytes, config });
    return;
  }
  printResult(`${from} to ${layout}: ${megabytes(bytes)} of ${flags.dtype} in ${flags.to}`);
  printResult([...files, ...copied].join('\n'));
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** `2GB`, `500MB`, `100kB` or a number of bytes. */
function byteSize(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)\s*(kB|KB|MB|GB|B)?$/.exec(text) ?? [];
  const bytes = Number(number) * { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }[(unit ?? 'B').toUpperCase() as 'B'];
  if (!(bytes >= 1)) throw new UsageError('Expected a size such as 2GB, 500MB or a number of bytes.');
  return bytes;
}
