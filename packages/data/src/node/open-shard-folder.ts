import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { type OpenShardsOptions, openShards, type Shards } from '../shards/open-shards.js';
import { shardNames } from '../shards/shard-layout.js';
import type { SyncFile } from '../shards/sync-file.js';
import { openFile } from './open-file.js';
import { unreadable } from './unreadable.js';

/** Which shards of a folder to open, and how carefully. */
export interface ShardFolderOptions extends OpenShardsOptions {
  /** What the names of files begin with. Default `train`. */
  name?: string;
}

/** The paths of a folder's shards, in their order. */
export function shardsIn(folder: string, name = 'train'): string[] {
  try {
    return shardNames(readdirSync(folder), name).map((each) => join(folder, each));
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/**
 * Opens the shards `NAME-00000.safetensors`, `NAME-00001.safetensors` ... of a folder as one corpus.
 *
 * @throws InvalidFileError naming the file that is missing, cut short, damaged or not one of them.
 * @example
 * using shards = await openShardFolder('runs/packed');
 */
export async function openShardFolder(folder: string, options: ShardFolderOptions = {}): Promise<Shards> {
  const { name = 'train' } = options;
  const paths = shardsIn(folder, name);
  if (paths.length === 0)
    throw new InvalidFileError({ file: folder, problem: `has no shards ${name}-*.safetensors` });
  const files: SyncFile[] = [];
  try {
    for (const path of paths) files.push(openFile(path));
    return await openShards(files, options);
  } catch (error) {
    for (const file of files) file[Symbol.dispose]();
    throw error;
  }
}
