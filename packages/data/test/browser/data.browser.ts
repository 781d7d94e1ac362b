/** Shards in a page and in its workers; vitest.config.ts runs it in Chromium. */
import { MemoryStorage } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import {
  blobFile,
  bytesFile,
  corpusFromDocuments,
  openShards,
  packDocuments,
  randomWindows,
  shardWriter,
} from '../../src/index.js';
import type { WindowsDone, WindowsWanted } from './windows.worker.js';

const documents = Array.from({ length: 40 }, (_, k) =>
  Uint16Array.from({ length: 30 + k }, (_, i) => 100 * k + i),
);
const options = { nCtx: 16, seed: 7 };
const known = randomWindows({ corpus: corpusFromDocuments(documents, { eotId: 4999 }), ...options }).batch(
  0,
  50,
);

/** The shards as the browser's files. */
async function files(): Promise<File[]> {
  const storage = new MemoryStorage();
  const writer = shardWriter({ storage, nVocab: 5000, eotId: 4999, shardTokens: 500 });
  const { files } = await packDocuments(documents, writer);
  return files.map((name) => new File([storage.files.get(name)!.slice()], name));
}

test('a page loads files that were chosen', async () => {
  const chosen = await files();
  const shards = await openShards(await Promise.all(chosen.map((file) => blobFile(file, file.name))));
  expect(randomWindows({ corpus: shards, ...options }).batch(0, 50)).toEqual(known);
});

test('a page opens what it fetched', async () => {
  const fetched = (await files()).map(async (file) => {
    const response = await fetch(URL.createObjectURL(file));
    return bytesFile(new Uint8Array(await response.arrayBuffer()), file.name);
  });
  const shards = await openShards(await Promise.all(fetched));
  expect(randomWindows({ corpus: shards, ...options }).batch(0, 50)).toEqual(known);
});

test('a worker reads windows of files where they are', async () => {
  const chosen = await files();
  const { batch, loaded } = await inWorker({ files: chosen, ...options });
  expect(batch).toEqual(known);
  expect(loaded).toBe(false);
  const cut = [...chosen.slice(0, -1), new File([chosen.at(-1)!.slice(0, -1)], 'cut')];
  await expect(inWorker({ files: cut, ...options })).rejects.toThrow('cut: ');
});

/** What a worker makes of files. */
async function inWorker(wanted: WindowsWanted): Promise<Extract<WindowsDone, { batch: unknown }>> {
  const worker = new Worker(new URL('./windows.worker.ts', import.meta.url), { type: 'module' });
  try {
    const done = await new Promise<WindowsDone>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(wanted);
    });
    if ('problem' in done) throw new Error(done.problem);
    return done;
  } finally {
    worker.terminate();
  }
}
