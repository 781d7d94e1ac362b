import { MemoryStorage } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { documentsOf } from '../documents-of.js';
import { packDocuments } from './document-writer.js';
import { heldOutWriter } from './held-out-writer.js';
import { openShards } from './open-shards.js';
import { shardName } from './shard-layout.js';
import { shardWriter } from './shard-writer.js';
import { bytesFile } from './sync-file.js';

const documents = Array.from({ length: 2000 }, (_, k) => [k, k, k]);

function writers(share: number, seed?: number) {
  const storage = new MemoryStorage();
  const [train, heldOut] = ['train', 'validation'].map((name) =>
    shardWriter({ storage, name, nVocab: 2000 }),
  );
  return { storage, writer: heldOutWriter(train, heldOut, { share, seed }) };
}

/** The first ids of the documents that were held back. */
async function heldBack(share: number, seed?: number): Promise<number[]> {
  const { storage, writer } = writers(share, seed);
  await packDocuments(documents, writer);
  const [train, held] = await Promise.all(
    ['train', 'validation'].map((name) => {
      const file = shardName(name, 0);
      return openShards([bytesFile(storage.files.get(file)!, file)]);
    }),
  );
  const firsts = [train, held].map((shards) => [...documentsOf(shards)].map(([first]) => first));
  expect(firsts.flat().sort((a, b) => a - b)).toEqual(documents.map(([first]) => first)); // each in one of them
  return firsts[1];
}

describe('heldOutWriter', () => {
  test('holds back whole documents, about the share of them, by the seed', async () => {
    const held = await heldBack(0.1);
    expect(Math.abs(held.length - 200)).toBeLessThan(67); // 5 standard deviations; seen: 4
    expect(await heldBack(0.1, 0)).toEqual(held);
    expect(await heldBack(0.1, 1)).not.toEqual(held);
  });

  test('tells of both parts', async () => {
    const { writer } = writers(0.5);
    for (const document of documents.slice(0, 100)) {
      for (const id of document) await writer.add([id]);
      await writer.endDocument();
    }
    const { files, documents: count, tokens, heldOut } = await writer.close();
    expect([files, count, tokens]).toEqual([[shardName('train', 0), shardName('validation', 0)], 100, 300]);
    expect(heldOut.tokens).toBe(3 * heldOut.documents);
  });

  test('leaves nothing when a part would be empty', async () => {
    const { storage, writer } = writers(0.001);
    await expect(packDocuments(documents.slice(0, 3), writer)).rejects.toThrow(
      'share must be a share that leaves both parts a document, got 0.001. There were 3 documents.',
    );
    expect(storage.files.size).toBe(0);
  });

  test.each([0, 1, -1, Number.NaN])('refuses the share %s', (share) => {
    expect(() => writers(share)).toThrow('share must be above 0 and below 1');
  });
});
