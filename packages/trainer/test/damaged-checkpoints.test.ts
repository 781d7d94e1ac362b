/** Runs whose newest checkpoints were damaged while they lay there. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidFileError, MemoryStorage } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { checkpointName } from '../src/checkpoint/checkpoint-name.js';
import type { TrainEvent } from '../src/events.js';
import { expectSameRun } from './support/same-run.js';
import { data, readLog, resumeTiny, run, startTiny } from './support/tiny-run.js';

const changes = { checkpointEvery: 2, evalEvery: 10, keepLast: 4 };
let whole: MemoryStorage;
let storage: MemoryStorage;

beforeAll(async () => {
  await useWasmBackend();
  whole = new MemoryStorage();
  using trainer = await startTiny(whole, changes);
  await run(trainer);
});
beforeEach(async () => {
  storage = new MemoryStorage();
  using trainer = await startTiny(storage, changes);
  await run(trainer, data, (event) => event.type === 'step-end' && event.step === 9); // there are 2, 4, 6, 8, and 0, the best
});

function damage(step: number): void {
  const bytes = storage.files.get(checkpointName(step))!;
  bytes[bytes.length >> 1] ^= 1;
}
const warningsOf = (events: readonly TrainEvent[]) =>
  events.flatMap((event) =>
    event.type === 'warning' ? [`${event.step} ${event.kind}: ${event.message}`] : [],
  );

test('are passed over, which is told, and the run ends as if nothing had happened', async () => {
  damage(8);
  storage.files.set(checkpointName(6), storage.files.get(checkpointName(6))!.subarray(0, 1000));
  using trainer = await resumeTiny(storage);
  expect(trainer.step).toBe(4);
  expect(trainer.skipped.map(({ file }) => file)).toEqual([8, 6].map(checkpointName));
  const events = await run(trainer);
  expect(warningsOf(events)).toEqual([
    expect.stringMatching(
      /^4 skipped-checkpoint: checkpoint-00000008\.safetensors was passed over: the checksum differs: expected \w{8}, found \w{8}/,
    ),
    expect.stringMatching(
      /^4 skipped-checkpoint: checkpoint-00000006\.safetensors was passed over: .* the file has 992 after/,
    ),
  ]);
  expect(events.slice(0, 3).map(({ type }) => type)).toEqual(['train-start', 'warning', 'warning']);
  expect(warningsOf(readLog(storage))).toEqual(warningsOf(events));
  expectSameRun(storage, whole);
});

test('are told of once', async () => {
  damage(8);
  using trainer = await resumeTiny(storage);
  expect(warningsOf(await run(trainer, { ...data, signal: AbortSignal.abort() }))).toHaveLength(1);
  expect(warningsOf(await run(trainer))).toHaveLength(0);
});

test('when none is whole, one error names each, and no tensor is left', async () => {
  for (const step of [0, 2, 4, 6, 8]) damage(step);
  storage.files.set(checkpointName(6), new TextEncoder().encode('{}'));
  const before = memory();
  const error = await resumeTiny(storage).catch((each) => each);
  expect(error).toBeInstanceOf(InvalidFileError);
  expect(error.message).toContain('none is whole');
  for (const step of [0, 2, 4, 8]) {
    expect(error.message).toContain(`${checkpointName(step)}: the checksum differs`);
  }
  expect(error.message).toMatch(/checkpoint-00000006\.safetensors: \w+/);
  expect(memory()).toEqual(before);
});
