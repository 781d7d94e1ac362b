import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { packDocuments } from '../shards/document-writer.js';
import { shardWriter } from '../shards/shard-writer.js';
import { openFile } from './open-file.js';
import { openShardFolder, shardsIn } from './open-shard-folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gpt-ts-shards-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const documents = Array.from({ length: 50 }, (_, k) => Array.from({ length: 20 }, (_, i) => 20 * k + i));
const pack = (name: string) =>
  packDocuments(
    documents,
    shardWriter({ storage: new FolderStorage(folder), nVocab: 1000, name, shardTokens: 90 }),
  );

describe('openShardFolder', () => {
  test('opens the shards of one name, in their order', async () => {
    await pack('train');
    await pack('validation');
    writeFileSync(join(folder, 'train-1.safetensors'), 'not a shard');
    expect(shardsIn(folder)).toHaveLength(12);
    for (const name of [undefined, 'validation']) {
      using shards = await openShardFolder(folder, { name });
      expect([...shards.ids.subarray(0, 1000)]).toEqual(documents.flat());
    }
  });

  test('says what is missing, and where', async () => {
    await expect(openShardFolder(folder)).rejects.toThrow(`${folder}: has no shards train-*.safetensors`);
    await expect(openShardFolder(join(folder, 'no'))).rejects.toThrow(
      `${join(folder, 'no')}: does not exist`,
    );
    await pack('train');
    rmSync(join(folder, 'train-00004.safetensors'));
    const message = `${join(folder, 'train-00005.safetensors')}: is shard 5, where shard 4 is due`;
    await expect(openShardFolder(folder)).rejects.toThrow(message);
  });

  test('leaves no file open, good or bad', async () => {
    await pack('train');
    const shards = await openShardFolder(folder);
    if (process.platform === 'linux') expect(openFiles()).toHaveLength(12);
    shards[Symbol.dispose]();
    truncateSync(join(folder, 'train-00011.safetensors'), 100);
    await expect(openShardFolder(folder)).rejects.toThrow('train-00011.safetensors');
    expect(openFiles()).toEqual([]);
  });

  test('notices a file that became shorter after it was opened', async () => {
    await pack('train');
    using shards = await openShardFolder(folder);
    truncateSync(join(folder, 'train-00011.safetensors'), 100);
    expect(() => shards.ids.subarray(995, 1000)).toThrow(
      'train-00011.safetensors: ends before byte 300, which is wanted',
    );
    expect([...shards.ids.subarray(0, 3)]).toEqual([0, 1, 2]);
  });
});

describe('openFile', () => {
  test('refuses what is no file', () => {
    mkdirSync(join(folder, 'sub'));
    expect(() => openFile(join(folder, 'sub'))).toThrow('is not a file');
    expect(() => openFile(join(folder, 'no'))).toThrow('does not exist');
  });

  test('refuses a pipe at once', { skip: process.platform === 'win32' }, () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(() => openFile(join(folder, 'pipe'))).toThrow('is not a file');
  });
});

/** The open files of this process that lie in the folder, where the system tells. */
function openFiles(): string[] {
  const links = '/proc/self/fd';
  if (!existsSync(links)) return [];
  return readdirSync(links)
    .map((link) => {
      try {
        return readlinkSync(join(links, link));
      } catch {
        return ''; // it was the one that lists them
      }
    })
    .filter((target) => target.startsWith(folder));
}
