/** A storage that fails in the middle of a run, at every operation it is asked for: nothing is lost but time. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidFileError, MemoryStorage, type Storage } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkpointName } from '../src/checkpoint/checkpoint-name.js';
import type { TrainEvent } from '../src/events.js';
import { expectSameRun } from './support/same-run.js';
import { data, resumeTiny, run, startTiny } from './support/tiny-run.js';

const changes = { maxSteps: 3, checkpointEvery: 2, evalEvery: 2, emaDecay: 0.5, keepLast: 1, sampleEvery: 2 };
const options = { ...data, sample: async () => ['text'] };
const broken = () => new Error('the storage is broken');

/** When an operation fails: with nothing done, with half of its bytes, or when all is done. */
type Moment = 'before' | 'midway' | 'after';

/**
 * A storage over another of which one operation fails: the one of that number, from 1.
 *
 * @param failure - What it throws.
 */
function failing(inner: MemoryStorage, at: number, moment: Moment, failure = broken) {
  let count = 0;
  const attempt = async <T>(work: () => Promise<T>, half?: () => Promise<void>): Promise<T> => {
    const fails = ++count === at;
    if (fails && moment === 'midway') await half?.();
    if (fails && moment !== 'after') throw failure();
    const result = await work();
    if (fails) throw failure();
    return result;
  };
  const storage: Storage = {
    read: (name, limits) => attempt(() => inner.read(name, limits)),
    open: (name) =>
      attempt(async () => {
        const file = await inner.open(name);
        if (file === undefined) return undefined;
        const read = (position: number, target: Uint8Array) => attempt(() => file.read(position, target));
        return { size: file.size, read, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() };
      }),
    write: (name, chunks) =>
      attempt(
        () => inner.write(name, chunks),
        async () => {
          for await (const _ of chunks) return; // the first bytes are asked for, and the name keeps what it had
        },
      ),
    append: (name, bytes) =>
      attempt(
        () => inner.append(name, bytes),
        () => inner.append(name, bytes.subarray(0, bytes.length >> 1)),
      ),
    list: () => attempt(() => inner.list()),
    remove: (name) => attempt(() => inner.remove(name)),
  };
  return { storage, count: () => count };
}

/** What people do: resume, and start again where there is nothing to resume. Stops at the first error. */
async function sitting(storage: Storage, until?: (event: TrainEvent) => boolean): Promise<void> {
  using trainer = await resumeTiny(storage).catch((error: Error) => {
    if (error.message.includes('there is no checkpoint to resume from')) return startTiny(storage, changes);
    throw error;
  });
  await run(trainer, options, until);
}

let whole: MemoryStorage;
let half: MemoryStorage;
beforeAll(async () => {
  await useWasmBackend({ threads: 1 });
  [whole, half] = [new MemoryStorage(), new MemoryStorage()];
  await sitting(whole);
  await sitting(half, (event) => event.type === 'step-end' && event.step === 3);
});

const fresh = () => new MemoryStorage();
const halfDone = () => {
  const storage = new MemoryStorage();
  for (const [name, bytes] of half.files) storage.files.set(name, bytes.slice());
  return storage;
};

const unreadable = () => new InvalidFileError({ file: 'x', problem: 'cannot be read' });

describe.each<[string, () => MemoryStorage, [Moment, () => Error][]]>([
  [
    'new',
    fresh,
    [
      ['before', broken],
      ['midway', broken],
      ['after', broken],
    ],
  ],
  [
    'resumed',
    halfDone,
    [
      ['midway', broken],
      ['before', unreadable],
    ],
  ],
])('a run that is %s', (_, begin, failures) => {
  test.each(failures)('goes on after any operation failed: %s it was done', async (moment, failure) => {
    const held = memory();
    const counted = failing(begin(), 0, moment);
    await sitting(counted.storage);
    expect(counted.count()).toBeGreaterThan(25);
    let thrown = 0;
    for (let at = 1; at <= counted.count(); at++) {
      const inner = begin();
      await sitting(failing(inner, at, moment, failure).storage).catch((error) => {
        thrown++;
        expect(error.message, `operation ${at}`).toBe(failure().message);
      });
      expect(memory(), `operation ${at}`).toEqual(held);
      await sitting(inner);
      expectSameRun(inner, whole);
    }
    expect(thrown).toBeGreaterThan(0.5 * counted.count());
  });
});

test('a checkpoint that cannot be removed stays, and the run tells', async () => {
  const inner = new MemoryStorage();
  const storage: Storage = Object.create(inner);
  storage.remove = async (name) => {
    if (name.startsWith('checkpoint-')) throw broken();
  };
  using trainer = await startTiny(storage, changes);
  const events = await run(trainer, options);
  const told = events.flatMap((event) =>
    event.type === 'warning' && event.kind === 'cleaning' ? [event.message] : [],
  );
  expect(told[0]).toBe(`${checkpointName(0)} stays: the storage is broken`);
  expect(events.at(-1)).toMatchObject({ type: 'train-end', reason: 'done' });
  expectSameRun(inner, whole);
});
