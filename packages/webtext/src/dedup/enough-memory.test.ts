import { expect, test } from 'vitest';
import { openDuckDb } from '../stage/duck-db.js';
import { enoughMemory } from './enough-memory.js';

test('joins that do not fit say what would help', async () => {
  using db = await openDuckDb({ memoryBytes: 2 ** 24 });
  const work = db.run('create table t as select range a, hash(range) b from range(5000000)'); // 80 MB, and no scratch
  await expect(enoughMemory(2 ** 24, work)).rejects.toThrow(
    'memoryBytes must be more, for joins of this size',
  );
});

test('other errors and results pass', async () => {
  const error = new Error('something else');
  await expect(enoughMemory(1, Promise.reject(error))).rejects.toBe(error);
  expect(await enoughMemory(1, Promise.resolve(7))).toBe(7);
});
