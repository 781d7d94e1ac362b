import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidArgumentError, MemoryStorage } from '@gpt-ts/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf, disposeAll } from '../../test/support/checkpoints.js';
import { checkpointName } from './checkpoint-name.js';
import { findCheckpoint } from './find-checkpoint.js';
import { Shelf } from './shelf.js';
import { type CheckpointContent, writeCheckpoint } from './write-checkpoint.js';

let content: CheckpointContent;
beforeAll(async () => {
  await useWasmBackend({ threads: 1 });
  content = contentOf({ 'model.a': Float32Array.of(1, 2, 3) });
});
afterAll(() => disposeAll(content));

const stepsIn = (storage: MemoryStorage) =>
  [...storage.files.keys()].map((name) => Number(/-(\d+)\./.exec(name)?.[1])).sort((a, b) => a - b);

test('keeps the last three and the best one', async () => {
  const storage = new MemoryStorage();
  const shelf = new Shelf(storage, 3);
  const seen: number[][] = [];
  for (const [step, best] of [[1], [2, 1], [3, 2], [4, 2], [5, 2], [6, 6], [7, 6]]) {
    const { file, failed } = await shelf.put(step, content, { best });
    expect([file, failed]).toEqual([checkpointName(step), []]);
    seen.push(stepsIn(storage));
  }
  expect(seen).toEqual([[1], [1, 2], [1, 2, 3], [2, 3, 4], [2, 3, 4, 5], [4, 5, 6], [5, 6, 7]]);
});

test('reports what it removes, after the new one is in place', async () => {
  const storage = new MemoryStorage();
  const shelf = new Shelf(storage, 1);
  await shelf.put(1, content);
  const log: string[] = [];
  const { write, remove } = storage;
  storage.write = async (name, chunks) => {
    await write.call(storage, name, chunks);
    log.push(`wrote ${name}`);
  };
  storage.remove = (name) => {
    log.push(`remove ${name}`);
    return remove.call(storage, name);
  };
  const { removed } = await shelf.put(2, content);
  expect(removed).toEqual([checkpointName(1)]);
  expect(log).toEqual([`wrote ${checkpointName(2)}`, `remove ${checkpointName(1)}`]);
});

test('counts only what is known to be whole: a broken newer file stays until enough are newer', async () => {
  const storage = new MemoryStorage();
  for (const step of [1, 2, 3]) await writeCheckpoint(storage, step, content);
  storage.files.set(checkpointName(5), new Uint8Array(99));
  const { checkpoint, skipped } = await findCheckpoint(storage);
  expect([checkpoint?.step, skipped.length]).toEqual([3, 1]);
  const shelf = new Shelf(storage, 2);
  shelf.trust(checkpoint!.step);
  await shelf.put(4, content); // 3 and 4 are whole: 1 and 2, which nobody has read, go
  expect(stepsIn(storage)).toEqual([3, 4, 5]);
  await shelf.put(6, content); // 5 has one newer
  expect(stepsIn(storage)).toEqual([4, 5, 6]);
  await shelf.put(7, content);
  expect(stepsIn(storage)).toEqual([6, 7]);
});

test('a broken file that is written again is whole', async () => {
  const storage = new MemoryStorage();
  await writeCheckpoint(storage, 1, content);
  storage.files.set(checkpointName(2), new Uint8Array(99));
  const shelf = new Shelf(storage, 1);
  await shelf.put(2, content);
  expect(stepsIn(storage)).toEqual([2]);
  expect((await findCheckpoint(storage)).checkpoint?.step).toBe(2);
});

test('removes nothing while too few are known, and forgets one that somebody took away', async () => {
  const storage = new MemoryStorage();
  for (const step of [1, 2, 3]) await writeCheckpoint(storage, step, content);
  const shelf = new Shelf(storage, 2);
  await shelf.put(4, content);
  expect(stepsIn(storage)).toEqual([1, 2, 3, 4]);
  storage.files.delete(checkpointName(4));
  await shelf.put(5, content);
  expect(stepsIn(storage)).toEqual([1, 2, 3, 5]);
});

test('never removes what it has just written', async () => {
  const storage = new MemoryStorage();
  const shelf = new Shelf(storage, 1);
  await shelf.put(9, content);
  await shelf.put(4, content);
  expect(stepsIn(storage)).toEqual([4, 9]);
});

test('leaves other files alone', async () => {
  const storage = new MemoryStorage();
  const others = ['a.txt', 'checkpoint-1.safetensors', 'other-checkpoint-00000001.safetensors', 'log.jsonl'];
  for (const name of others) storage.files.set(name, new Uint8Array(1));
  const shelf = new Shelf(storage, 1);
  for (const step of [1, 2, 3]) await shelf.put(step, content);
  expect([...storage.files.keys()]).toEqual([...others, checkpointName(3)]);
});

test('a write that fails removes nothing and counts for nothing', async () => {
  const storage = new MemoryStorage();
  const shelf = new Shelf(storage, 2);
  await shelf.put(1, content);
  await shelf.put(2, content);
  const { write } = storage;
  storage.write = async () => {
    throw new Error('the disk is full');
  };
  await expect(shelf.put(3, content)).rejects.toThrow('the disk is full');
  expect(stepsIn(storage)).toEqual([1, 2]);
  storage.write = write;
  storage.files.set(checkpointName(3), new Uint8Array(9)); // not whole, and not ours
  await shelf.put(4, content);
  expect(stepsIn(storage)).toEqual([2, 3, 4]);
});

test('tells what it could not remove or list, goes on, and tries again', async () => {
  const storage = new MemoryStorage();
  const shelf = new Shelf(storage, 1);
  for (const step of [1, 2]) await writeCheckpoint(storage, step, content);
  const { remove, list } = storage;
  storage.remove = async (name) => {
    if (name === checkpointName(1)) throw new Error('this user may not use it');
    await remove.call(storage, name);
  };
  expect(await shelf.put(3, content)).toEqual({
    file: checkpointName(3),
    removed: [checkpointName(2)],
    failed: [{ file: checkpointName(1), reason: 'this user may not use it' }],
  });
  storage.list = () => Promise.reject(new Error('gone'));
  expect(await shelf.put(4, content)).toEqual({
    file: checkpointName(4),
    removed: [],
    failed: [{ file: checkpointName(4), reason: 'the checkpoints before it cannot be listed: gone' }],
  });
  Object.assign(storage, { remove, list });
  expect((await shelf.put(5, content)).removed).toEqual([1, 3, 4].map(checkpointName));
});

test.each([0, -1, 1.5, Number.NaN])('%f is no number of checkpoints', (keepLast) => {
  expect(() => new Shelf(new MemoryStorage(), keepLast)).toThrow(InvalidArgumentError);
});
