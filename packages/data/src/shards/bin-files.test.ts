/** nanoGPT's and llm.c's files of ids: bytes written by hand, and documents that are the same in all three formats. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidFileError, MemoryStorage } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { describe, expect, test } from 'vitest';
import { packed, randomDocuments } from '../../test/support/random-documents.js';
import type { Corpus } from '../corpus.js';
import { documentsOf } from '../documents-of.js';
import { packDocuments } from './document-writer.js';
import { isLlmc, llmcWriter, openLlmc } from './llmc.js';
import { nanoGptWriter, openNanoGpt } from './nano-gpt.js';
import { openShards } from './open-shards.js';
import { shardWriter } from './shard-writer.js';
import { bytesFile } from './sync-file.js';

const gpt2 = { nVocab: 50_257, eotId: 50_256 };
const listOf = (corpus: Corpus) => [...documentsOf(corpus)].map((ids) => [...ids]);
const documents = [[1], [258, 50_255], []];

// 50256 is 0xc450, 258 is 0x0102, 50255 is 0xc44f
const NANO = Uint8Array.of(0x01, 0x00, 0x50, 0xc4, 0x02, 0x01, 0x4f, 0xc4, 0x50, 0xc4);
const LLMC = Uint8Array.of(0x50, 0xc4, 0x01, 0x00, 0x50, 0xc4, 0x02, 0x01, 0x4f, 0xc4);

/** 256 int32, 20240520 = 0x0134d888 in front. */
function llmc(body: Uint8Array, count = body.length / 2, version = 1): Uint8Array {
  const bytes = new Uint8Array(1024 + body.length);
  bytes.set([0x88, 0xd8, 0x34, 0x01, version, 0, 0, 0, count & 255, count >> 8]);
  bytes.set(body, 1024);
  return bytes;
}

describe("nanoGPT's files", () => {
  test('are ids alone, end-of-text behind each document', async () => {
    const { storage, files } = await packed(documents, (storage) => nanoGptWriter({ storage, ...gpt2 }));
    expect(files).toEqual(['train.bin']);
    expect(storage.files.get('train.bin')).toEqual(NANO);
    expect(listOf(openNanoGpt(bytesFile(NANO, 'train.bin')))).toEqual([[1], [258, 50_255]]);
  });

  test('without end-of-text are one document, as those of characters', async () => {
    const { sync } = await packed([[1, 2, 3]], (storage) => nanoGptWriter({ storage, nVocab: 65 }));
    expect(sync[0].size).toBe(6);
    expect(listOf(openNanoGpt(sync[0], { eotId: null, nVocab: 65 }))).toEqual([[1, 2, 3]]);
  });

  test.each([
    [NANO.slice(0, 5), {}, 'x: 5 bytes are no whole number of 16-bit ids. The file is cut short'],
    [NANO, { nVocab: 50_256 }, 'x: ids: the id 50256 is not one of 0 to 50255'],
    [new Uint8Array(0), {}, 'documents must be at least one that is not empty'],
    [Uint8Array.of(0x50, 0xc4), {}, 'documents must be at least one that is not empty'],
  ])('%j with %j is refused', (bytes, options, message) => {
    expect(() => openNanoGpt(bytesFile(bytes, 'x'), options)).toThrow(message);
  });
});

describe("llm.c's files", () => {
  test('are a header and ids, end-of-text in front of each document', async () => {
    const { storage, files } = await packed(documents, (storage) => llmcWriter({ storage, ...gpt2 }));
    expect(files).toEqual(['train_000000.bin']);
    expect(storage.files.get('train_000000.bin')).toEqual(llmc(LLMC));
    expect(isLlmc(bytesFile(llmc(LLMC), 'x'))).toBe(true);
    expect(isLlmc(bytesFile(NANO, 'x'))).toBe(false);
    expect(listOf(openLlmc([bytesFile(llmc(LLMC), 'x')]))).toEqual([[1], [258, 50_255]]);
  });

  test('are cut where they are full', async () => {
    const { storage, files, sync } = await packed(documents, (storage) =>
      llmcWriter({ storage, ...gpt2, shardTokens: 2, name: 'val' }),
    );
    expect(files).toEqual(['val_000000.bin', 'val_000001.bin', 'val_000002.bin']);
    expect(files.map((file) => storage.files.get(file))).toEqual(
      [0, 4, 8].map((at) => llmc(LLMC.slice(at, at + 4))),
    );
    expect(listOf(openLlmc(sync))).toEqual([[1], [258, 50_255]]);
  });

  test.each([
    [llmc(LLMC).slice(0, 1023), '1023 bytes are too few for llm.c'],
    [llmc(LLMC).slice(0, -1), 'the header tells of 5 ids, but the file has 4.5. The file is cut short'],
    [llmc(LLMC, 6), 'the header tells of 6 ids, but the file has 5'],
    [llmc(LLMC, 5, 2), 'version 2 is not known. This program reads version 1'],
    [new Uint8Array(2048), "expected 20240520 in front, got 0. It is not one of llm.c's files"],
  ])('a file that is none is refused (%#)', (bytes, message) => {
    expect(() => openLlmc([bytesFile(bytes, 'x')])).toThrow(message);
    expect(() => openLlmc([bytesFile(bytes, 'x')])).toThrow(InvalidFileError);
  });
});

test('documents are the same in all three formats', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const list = randomDocuments(seed, gpt2.nVocab, gpt2.eotId);
    const shards = await packed(list, (storage) => shardWriter({ storage, ...gpt2, shardTokens: 50 }));
    const nano = await packed(list, (storage) => nanoGptWriter({ storage, ...gpt2 }));
    const c = await packed(list, (storage) => llmcWriter({ storage, ...gpt2, shardTokens: 50 }));
    const known = list.filter(({ length }) => length > 0);
    expect(listOf(await openShards(shards.sync))).toEqual(known);
    expect(listOf(openNanoGpt(nano.sync[0], gpt2))).toEqual(known);
    expect(listOf(openLlmc(c.sync, gpt2))).toEqual(known);
  }
});

describe.each([
  ['nanoGPT', nanoGptWriter],
  ['llm.c', llmcWriter],
])("%s's writer", (_, writerOf) => {
  test('refuses what its files cannot hold', async () => {
    const storage = new MemoryStorage();
    expect(() => writerOf({ storage, nVocab: 65_537 })).toThrow('nVocab must be at most 65536');
    await expect(packDocuments([[1], [2]], writerOf({ storage, nVocab: 9 }))).rejects.toThrow(
      'eotId must be an id to stand between documents, got undefined. Join them to one document, or write shards',
    );
    await expect(packDocuments([[1], [9]], writerOf({ storage, nVocab: 9, eotId: 0 }))).rejects.toThrow(
      'token 9',
    );
    await expect(packDocuments([[]], writerOf({ storage, nVocab: 9 }))).rejects.toThrow('at least one');
    expect(storage.files.size).toBe(0);
  });

  test('leaves nothing on disk when it is given up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-bin-'));
    const long = new Uint16Array(3_000_000).fill(7);
    const broken = function* () {
      yield long;
      throw new Error('no more');
    };
    const options = { storage: new FolderStorage(folder), ...gpt2, shardTokens: 1_000_000 };
    await expect(packDocuments(broken(), writerOf(options))).rejects.toThrow('no more');
    expect(readdirSync(folder)).toEqual([]);
    const { files } = await packDocuments([long], writerOf(options));
    expect(readdirSync(folder)).toEqual(files);
    const bytes = files.reduce((sum, file) => sum + (readFileSync(join(folder, file)).length % 1024), 0);
    expect(bytes).toBeGreaterThan(0);
    rmSync(folder, { recursive: true });
  });

  test('tells what the storage says', async () => {
    class Full extends MemoryStorage {
      override async write(file: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
        for await (const _ of chunks) throw new InvalidFileError({ file, problem: 'the disk is full' });
      }
    }
    const documents = Array.from({ length: 40 }, () => new Uint16Array(100_000));
    for (const few of [documents.slice(0, 1), documents]) {
      const writer = writerOf({ storage: new Full(), ...gpt2, shardTokens: 500_000 });
      await expect(packDocuments(few, writer)).rejects.toThrow('the disk is full');
    }
  });
});
