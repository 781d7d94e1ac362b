import {
  concatBytes,
  InvalidFileError,
  isGptError,
  type LazyTensor,
  MemoryStorage,
  Random,
  sealedSafetensors,
} from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { packed, randomDocuments } from '../../test/support/random-documents.js';
import { corpusFromDocuments } from '../corpus.js';
import { documentsOf } from '../documents-of.js';
import { randomWindows } from '../random-windows.js';
import { shuffledSequences } from '../shuffled-sequences.js';
import { splitCorpus } from '../split-corpus.js';
import { sweepWindows } from '../sweep-windows.js';
import { type DocumentWriterOptions, packDocuments } from './document-writer.js';
import { type OpenShardsOptions, openShards } from './open-shards.js';
import { shardWriter } from './shard-writer.js';
import { bytesFile, type SyncFile } from './sync-file.js';

type Options = Omit<DocumentWriterOptions, 'storage'>;

const pack = (documents: readonly ArrayLike<number>[], options: Options) =>
  packed(documents, (storage) => shardWriter({ storage, ...options }));

const full = (documents: readonly number[][]) => documents.filter(({ length }) => length > 0);

describe('what is packed is what is read', () => {
  const vocabularies = [7, 50_257, 65_536, 65_537, 2 ** 31 - 1];
  const cases = vocabularies.flatMap((nVocab) =>
    [1, 2, 7, 64, 10_000].map((size) => [nVocab, size] as const),
  );

  test.each(cases)('of %i tokens, in shards of %i', async (nVocab, shardTokens) => {
    for (const seed of [1, 2, 3, 4]) {
      const eotId = seed % 2 === 0 ? 3 : undefined;
      const documents = randomDocuments(seed, nVocab, eotId);
      const { sync, files } = await pack(documents, { nVocab, eotId, shardTokens });
      const shards = await openShards(sync);
      const known = corpusFromDocuments(documents, { eotId });
      expect([...documentsOf(shards)].map((ids) => [...ids])).toEqual(full(documents));
      expect([shards.begins, shards.ends, shards.tokens]).toEqual([known.begins, known.ends, known.tokens]);
      expect([shards.nVocab, shards.eotId, files.length]).toEqual([
        nVocab,
        eotId,
        Math.ceil(known.tokens / shardTokens),
      ]);
    }
  });

  test('and learned from as ids in memory are', async () => {
    const documents = randomDocuments(5, 500, 0);
    const { sync } = await pack(documents, { nVocab: 500, eotId: 0, shardTokens: 33 });
    const all = [await openShards(sync), corpusFromDocuments(documents, { eotId: 0 })].map((corpus) => {
      const { train, validation } = splitCorpus(corpus, { seed: 3 });
      const layouts = (['packed', 'aligned', 'apart', 'padded'] as const).map((layout) => {
        const sequences = shuffledSequences({ corpus: train, nCtx: 8, documents: layout, seed: 1 });
        return sequences.batch(0, 2 * sequences.perEpoch);
      });
      const drawn = randomWindows({ corpus, nCtx: 16 }).batch(0, 300);
      return [layouts, drawn, [...sweepWindows({ corpus: validation, nCtx: 8, batchSize: 2 })]];
    });
    expect(all[0]).toEqual(all[1]);
  });

  test('part by part as document by document', async () => {
    const storage = new MemoryStorage();
    const writer = shardWriter({ storage, nVocab: 100, shardTokens: 4 });
    for (const part of [[1, 2], [], [3, 4, 5], [6]]) await writer.add(part);
    await writer.endDocument();
    await writer.add([7]);
    expect(await writer.close()).toMatchObject({ documents: 2, tokens: 7 });
    const { storage: whole } = await pack([[1, 2, 3, 4, 5, 6], [7]], { nVocab: 100, shardTokens: 4 });
    expect(storage.files).toEqual(whole.files);
  });
});

test('a window is one small read, and nothing is loaded', async () => {
  const documents = Array.from({ length: 200 }, (_, k) => new Uint16Array(5_000).fill(k));
  const { sync } = await pack(documents, { nVocab: 1000, eotId: 999 });
  const reads: number[] = [];
  const watched: SyncFile = {
    ...sync[0],
    read(position, target) {
      reads.push(target.length);
      sync[0].read(position, target);
    },
  };
  const shards = await openShards([watched], { verify: false });
  expect(reads.reduce((sum, length) => sum + length)).toBeLessThan(2000); // of 2 MB; seen: header and 800 bytes of index
  reads.length = 0;
  randomWindows({ corpus: shards, nCtx: 1024 }).batch(0, 100);
  expect(reads.length).toBeLessThanOrEqual(100);
  expect(Math.max(...reads)).toBeLessThanOrEqual(4096);
});

describe('a damaged shard is refused', () => {
  const documents = [[1, 2, 3], [4], [5, 6]];
  const opening = (bytes: Uint8Array, options?: OpenShardsOptions) =>
    openShards([bytesFile(bytes, 'shard')], options).then(
      () => 'opened',
      (error: unknown) => (isGptError(error) && error instanceof InvalidFileError ? 'refused' : `${error}`),
    );

  test.each([40, 70_000])('cut at every byte, verified or not (%i tokens)', async (nVocab) => {
    const { sync, storage, files } = await pack(documents, { nVocab, eotId: 0 });
    const bytes = storage.files.get(files[0])!;
    expect(await opening(bytes)).toBe('opened');
    for (let length = 0; length < bytes.length; length++) {
      for (const verify of [true, false]) {
        expect([length, await opening(bytes.slice(0, length), { verify })]).toEqual([length, 'refused']);
      }
    }
    expect(await opening(concatBytes([bytes, new Uint8Array(1)]))).toBe('refused');
    expect(sync[0].size).toBe(bytes.length);
  });

  test.each([40, 70_000])('with any bit flipped (%i tokens)', async (nVocab) => {
    const { storage, files } = await pack(documents, { nVocab, eotId: 0 });
    const bytes = storage.files.get(files[0])!;
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      const flipped = bytes.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      expect([bit, await opening(flipped)]).toEqual([bit, 'refused']);
    }
  });

  test('with random bytes written over it, and never by more than an error', async () => {
    const { storage, files } = await pack(documents, { nVocab: 40 });
    const random = new Random(6);
    for (let i = 0; i < 500; i++) {
      const bytes = storage.files.get(files[0])!.slice();
      for (let k = 0; k <= random.int(5); k++) bytes[random.int(bytes.length)] = random.int(256);
      expect(['refused', 'opened']).toContain(await opening(bytes, { verify: false }));
    }
  });
});

/** A shard with a good checksum that says what it likes. */
async function forged(
  changes: Record<string, string | undefined>,
  parts: [string, LazyTensor['dtype'], ArrayBufferView, number[]?][],
): Promise<SyncFile> {
  const all = { format: 'gpt-ts shard 1', nVocab: '10', eotId: '0', shard: '0', last: 'true', ...changes };
  const metadata = new Map(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const tensors = parts.map(([name, dtype, data, shape]) => {
    const { buffer, byteOffset, byteLength } = data;
    const chunk = new Uint8Array(buffer, byteOffset, byteLength);
    const length = byteLength / (data as Uint16Array).BYTES_PER_ELEMENT;
    return [name, { dtype, shape: shape ?? [length], chunks: () => [chunk] }] as const;
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of sealedSafetensors(new Map(tensors), metadata)) chunks.push(chunk.slice());
  return bytesFile(concatBytes(chunks), 'forged');
}

describe('a shard that lies is refused, with a good checksum too', () => {
  const documents = ['documents', 'U32', Uint32Array.of(0, 2)] as const;
  const ids = ['ids', 'U16', Uint16Array.of(1, 2, 3)] as const;
  const good: Parameters<typeof forged>[1] = [[...documents], [...ids]];

  test('and one that does not is opened', async () => {
    expect((await openShards([await forged({}, good)])).tokens).toBe(3);
  });

  test.each<[string, Record<string, string | undefined>, Parameters<typeof forged>[1] | undefined, string]>([
    [
      'another file',
      { format: undefined },
      undefined,
      'forged: is not a shard. This program reads "gpt-ts shard 1".',
    ],
    ['a later format', { format: 'gpt-ts shard 2' }, undefined, 'the format "gpt-ts shard 2" is not known'],
    [
      'no nVocab',
      { nVocab: undefined },
      undefined,
      'nVocab: expected an integer from 0 to 2147483647, got nothing',
    ],
    ['a large nVocab', { nVocab: '2147483648' }, undefined, 'nVocab: expected an integer'],
    ['nVocab 1e3', { nVocab: '1e3' }, undefined, 'nVocab: expected an integer'],
    ['nVocab 0', { nVocab: '0', eotId: undefined }, undefined, 'the id 3 is not one of 0 to -1'],
    ['an eotId outside', { eotId: '10' }, undefined, 'eotId: expected an integer from 0 to 9, got 10'],
    ['last: yes', { last: 'yes' }, undefined, 'last: expected true or false, got yes'],
    ['another number', { shard: '1' }, undefined, 'is shard 1, where shard 0 is due'],
    ['no tensors', {}, [], 'expected documents, ids and checksum, got checksum'],
    ['one too many', {}, [...good, ['more', 'U8', new Uint8Array(1)]], 'got documents, ids, more, checksum'],
    ['the wrong order', {}, [[...ids], [...documents]], 'got ids, documents, checksum'],
    ['wide ids', {}, [[...documents], ['ids', 'U32', Uint32Array.of(1, 2, 3)]], 'ids: expected U16, got U32'],
    ['narrow ids', { nVocab: '65537' }, undefined, 'ids: expected U32, got U16'],
    [
      'a table',
      {},
      [[...documents], ['ids', 'U16', new Uint16Array(4), [2, 2]]],
      'expected one dimension, got [2, 2]',
    ],
    [
      'no ids',
      {},
      [[...documents], ['ids', 'U16', new Uint16Array(0)]],
      'ids: expected 1 to 2147483647, got 0',
    ],
    [
      'an id outside',
      {},
      [[...documents], ['ids', 'U16', Uint16Array.of(1, 10, 3)]],
      'the id 10 is not one of 0 to 9',
    ],
    ['no document', {}, [['documents', 'U32', new Uint32Array(0)], [...ids]], 'no document begins here'],
    ['a late first', {}, [['documents', 'U32', Uint32Array.of(1)], [...ids]], 'documents: expected 0, got 1'],
    [
      'overlaps',
      {},
      [['documents', 'U32', Uint32Array.of(0, 2, 2)], [...ids]],
      'one above 2 and below 3, got 2',
    ],
    ['a place outside', {}, [['documents', 'U32', Uint32Array.of(0, 3)], [...ids]], 'below 3, got 3'],
  ])('%s', async (_, changes, parts, message) => {
    const file = await forged(changes, parts ?? good);
    await expect(openShards([file])).rejects.toThrow(message);
    await expect(openShards([file])).rejects.toThrow(InvalidFileError);
  });

  test('counts past the end of the file, before anything is allocated for them', async () => {
    const header = {
      __metadata__: { format: 'gpt-ts shard 1', nVocab: '10', shard: '0', last: 'true' },
      documents: { dtype: 'U32', shape: [2 ** 40], data_offsets: [0, 2 ** 42] },
      ids: { dtype: 'U16', shape: [2 ** 40], data_offsets: [2 ** 42, 2 ** 42 + 2 ** 41] },
    };
    const json = new TextEncoder().encode(JSON.stringify(header));
    const length = new Uint8Array(8);
    new DataView(length.buffer).setUint32(0, json.length, true);
    const file = bytesFile(concatBytes([length, json]), 'huge');
    await expect(openShards([file])).rejects.toThrow(
      'documents: data ends at byte 4398046511104, but the file holds 0',
    );
    const endless = {
      ...file,
      size: 2 ** 50,
      read: (_: number, target: Uint8Array) => void target.fill(255),
    };
    await expect(openShards([endless])).rejects.toThrow('the header claims 18446744073709551615 bytes');
    const long = { ...endless, read: (_: number, target: Uint8Array) => target.set([0, 0, 0, 0, 1]) };
    await expect(openShards([long])).rejects.toThrow(
      'the header has 4294967296 bytes, more than the limit of 4096',
    );
  });
});

describe('a set of shards', () => {
  const set = async (options: Partial<Options> = {}) =>
    (await pack([[1, 2, 3, 4, 5, 6, 7]], { nVocab: 100, shardTokens: 3, ...options })).sync;

  test.each<[string, (files: SyncFile[]) => SyncFile[], string]>([
    [
      'the first is missing',
      (files) => files.slice(1),
      'train-00001.safetensors: is shard 1, where shard 0 is due',
    ],
    ['one between', ([a, , c]) => [a, c], 'train-00002.safetensors: is shard 2, where shard 1 is due'],
    [
      'the last',
      (files) => files.slice(0, 2),
      'train-00001.safetensors: is not the last of its set: shard 2 is missing',
    ],
    ['one comes twice', (files) => [...files, files[2]], 'is the last of its set, but 1 more are given'],
    ['there is none', () => [], 'files must be at least one shard, got 0'],
  ])('is refused when %s', async (_, change, message) => {
    await expect(openShards(change(await set()))).rejects.toThrow(message);
  });

  test('is refused when one belongs to another vocabulary', async () => {
    const [a] = await set();
    const [, b, c] = await set({ nVocab: 101 });
    await expect(openShards([a, b, c])).rejects.toThrow('is of 101 tokens, shard 0 of 100');
    const [, d] = await set({ eotId: 0 });
    await expect(openShards([a, d, c])).rejects.toThrow('has the eotId 0, shard 0 has undefined');
  });

  test('can be given up while it is being read', async () => {
    const signal = AbortSignal.abort();
    await expect(openShards(await set(), { signal })).rejects.toThrow(signal.reason);
  });

  test('closes its files', async () => {
    const closed: string[] = [];
    const files = (await set()).map((file) => ({
      ...file,
      [Symbol.dispose]: () => void closed.push(file.name),
    }));
    (await openShards(files))[Symbol.dispose]();
    expect(closed).toHaveLength(3);
  });
});

describe('packing', () => {
  test.each<[string, Partial<Options>, number[][], string]>([
    ['an id outside', {}, [[1, 9, 10]], 'token 10 at position 2 is not an id from 0 to 9'],
    ['half an id', {}, [[0.5]], 'token 0.5 at position 0'],
    ['nothing', {}, [[], []], 'documents must be at least one that is not empty, got 0'],
    ['for no vocabulary', { nVocab: 0 }, [[]], 'nVocab must be a positive integer, got 0'],
    ['for too large a one', { nVocab: 2 ** 31 }, [[1]], 'nVocab must be at most 2147483647'],
    ['an eotId outside', { eotId: 10 }, [[1]], 'eotId must be an id from 0 to 9, got 10'],
    ['into shards of none', { shardTokens: 0 }, [[1]], 'shardTokens must be a positive integer, got 0'],
    ['into shards too large', { shardTokens: 2 ** 31 }, [[1]], 'shardTokens must be at most 2147483647'],
  ])('%s is refused', async (_, options, documents, message) => {
    await expect(pack(documents, { nVocab: 10, ...options })).rejects.toThrow(message);
  });

  test('leaves nothing when documents end in an error, or the storage does', async () => {
    const storage = new MemoryStorage();
    const broken = function* () {
      yield [1, 2, 3, 4, 5];
      expect(storage.files.size).toBe(2);
      throw new Error('no more');
    };
    const writer = shardWriter({ storage, nVocab: 10, shardTokens: 2 });
    await expect(packDocuments(broken(), writer)).rejects.toThrow('no more');
    expect(storage.files.size).toBe(0);

    class Full extends MemoryStorage {
      override async write(name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
        if (name.includes('00002')) throw new InvalidFileError({ file: name, problem: 'the disk is full' });
        await super.write(name, chunks);
      }
    }
    const full = new Full();
    const packing = packDocuments(
      [[1, 2, 3, 4, 5, 6, 7]],
      shardWriter({ storage: full, nVocab: 10, shardTokens: 2 }),
    );
    await expect(packing).rejects.toThrow('the disk is full');
    expect(full.files.size).toBe(0);
  });
});
