/** What `gpt data pack` wrote, as something that a run learns from. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, InvalidFileError, MemoryStorage } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import type { Corpus, Shards } from '@gpt-ts/data';
import { openShardFolder, shardsIn } from '@gpt-ts/data/node';
import { type AnyTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import type { RunConfig } from './run-config.js';
import { inFolder } from './run-folder.js';

/** A folder of shards, and what it was: `--resume` wants the same. */
export interface PackedSource {
  kind: 'shards';
  path: string;
  /** Of the checksums of its files. */
  sha256: string;
  weight?: number;
}

/** Shards with their source. They stay open as long as the program runs. */
export interface PackedText {
  source: PackedSource;
  train: Corpus;
  /** What was held back when they were packed. */
  validation?: Corpus;
}

/** Whether a folder holds shards. */
export function isPacked(folder: string): boolean {
  return shardsIn(folder).length > 0;
}

/** Opens a folder of shards, and reads all of it once to be sure of it. */
export async function packedText(path: string, weight?: number): Promise<PackedText> {
  const train = await openShardFolder(path);
  const hasHeldOut = shardsIn(path, 'validation').length > 0;
  const validation = hasHeldOut ? await openShardFolder(path, { name: 'validation' }) : undefined;
  if (validation !== undefined) assertAlike(train, validation, path);
  const checksums = [train, validation].flatMap((shards) => shards?.checksums ?? []);
  const sha256 = createHash('sha256').update(checksums.join()).digest('hex');
  return { source: { kind: 'shards', path: resolve(path), sha256, weight }, train, validation };
}

function assertAlike(train: Shards, validation: Shards, path: string): void {
  if (train.nVocab === validation.nVocab && train.eotId === validation.eotId) return;
  const problem = 'its train and validation shards are of different tokenizers';
  throw new InvalidFileError({ file: path, problem, hint: 'Pack them again.' });
}

/**
 * A configuration in which the tokenizer is that of the shards among its data, unless it says where one is.
 *
 * @throws InvalidArgumentError when it asks for one to be learned: shards are encoded already.
 */
export function withPackedTokenizer(config: RunConfig): RunConfig {
  const folder = config.data?.sources?.map(({ path }) => path).find(isPackedFolder);
  if (folder === undefined || config.from !== undefined || config.tokenizer?.from !== undefined)
    return config;
  if (config.tokenizer === undefined) return { ...config, tokenizer: { from: folder } };
  throw new InvalidArgumentError({
    argument: 'tokenizer',
    expected: `left out, or a folder: ${folder} was encoded when it was packed`,
    received: config.tokenizer,
  });
}

function isPackedFolder(path: string): boolean {
  try {
    return isPacked(path);
  } catch {
    return false; // a file, or nothing
  }
}

/**
 * Throws when shards were encoded by another tokenizer than the one of the run: their ids would mean something else.
 *
 * @throws InvalidFileError naming the folder.
 */
export async function assertEncodedBy(
  tokenizer: AnyTokenizer,
  texts: readonly { source: { kind: string; path?: string } }[],
): Promise<void> {
  for (const { source } of texts) {
    if (source.kind !== 'shards') continue;
    const path = source.path!;
    const own = await inFolder(path, () => loadTokenizer(new FolderStorage(path)));
    const different = await firstDifference(own, tokenizer);
    if (different === undefined) continue;
    throw new InvalidFileError({
      file: join(path, different),
      problem: "is not the run's: these shards were encoded by another tokenizer",
      hint: 'Leave the tokenizer out, or pack the text again with the one you want.',
    });
  }
}

/** The first file in which two tokenizers differ. */
async function firstDifference(a: AnyTokenizer, b: AnyTokenizer): Promise<string | undefined> {
  const [files, others] = await Promise.all([a, b].map(savedFiles));
  const names = [...files.keys(), ...others.keys()];
  return names.find((name) => files.get(name) !== others.get(name));
}

async function savedFiles(tokenizer: AnyTokenizer): Promise<Map<string, string>> {
  const storage = new MemoryStorage();
  await tokenizer.save(storage);
  return new Map([...storage.files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]));
}
