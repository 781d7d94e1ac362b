/** Are two runs the same, byte for byte? */
import type { MemoryStorage } from '@gpt-ts/core';
import { expect } from 'vitest';
import type { TrainEvent } from '../../src/events.js';
import { LOG_FILE } from '../../src/log.js';
import { readLog } from './tiny-run.js';

/** What a log says of the run: not where sittings began, nor what was saved because one ended, nor what was amiss with files. */
const toldOf = (events: readonly TrainEvent[], saves: ReadonlySet<number>): TrainEvent[] =>
  events.filter((event) => {
    if (event.type === 'checkpoint-end') return saves.has(event.step);
    if (event.type === 'warning') return event.kind !== 'skipped-checkpoint' && event.kind !== 'cleaning';
    return event.type !== 'train-start';
  });

/**
 * Compares all files of a run with those of one that was left alone; only times may differ.
 *
 * @param storage - May have old checkpoints besides: a removal that failed is not made up for.
 */
export function expectSameRun(storage: MemoryStorage, whole: MemoryStorage): void {
  const log = readLog(whole);
  const saves = new Set(log.flatMap(({ type, step }) => (type === 'checkpoint-end' ? [step] : [])));
  expect(toldOf(readLog(storage), saves)).toEqual(toldOf(log, saves));
  for (const [name, bytes] of whole.files) {
    if (name !== LOG_FILE) expect(storage.files.get(name), name).toEqual(bytes);
  }
}
