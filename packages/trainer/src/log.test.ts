import { MemoryStorage } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import type { EvalEnd, StepEnd } from './events.js';
import { appendLog, LOG_FILE, truncateLog } from './log.js';

const stepEnd = (step: number): StepEnd => {
  return {
    type: 'step-end',
    step,
    loss: 1 / step,
    learningRate: 1e-3,
    gradNorm: 0.1,
    sequences: 2,
    tokens: 8,
    tokensSeen: 8 * step,
    elapsedMs: 1,
    tokensPerSecond: 8000,
    memoryBytes: 100,
  };
};
const evalEnd = (step: number): EvalEnd => ({
  type: 'eval-end',
  step,
  loss: 2,
  count: 8,
  best: true,
  elapsedMs: 1,
});

const lines = (storage: MemoryStorage) => new TextDecoder().decode(storage.files.get(LOG_FILE)).split('\n');
const steps = (storage: MemoryStorage) =>
  lines(storage)
    .slice(0, -1)
    .map((line) => JSON.parse(line))
    .map(({ type, step }) => `${type} ${step}`);

describe('the log', () => {
  test('is one line an event, each number as it was', async () => {
    const storage = new MemoryStorage();
    const event = { ...stepEnd(3), loss: 0.1 + 0.2 };
    await appendLog(storage, event);
    await appendLog(storage, evalEnd(3));
    expect(
      lines(storage)
        .slice(0, 2)
        .map((line) => JSON.parse(line)),
    ).toEqual([event, evalEnd(3)]);
    expect(lines(storage)[2]).toBe('');
  });

  test('is cut back to a step: evaluations of that step are made again, its update is not', async () => {
    const storage = new MemoryStorage();
    for (const event of [evalEnd(0), stepEnd(1), stepEnd(2), evalEnd(2), stepEnd(3)])
      await appendLog(storage, event);
    await truncateLog(storage, 2);
    expect(steps(storage)).toEqual(['eval-end 0', 'step-end 1', 'step-end 2']);
    await truncateLog(storage, 0);
    expect(steps(storage)).toEqual([]);
  });

  test('keeps what came before the checkpoint of a step, and no more', async () => {
    const storage = new MemoryStorage();
    const saved = (step: number) => ({ type: 'checkpoint-end', step, file: 'f' }) as const;
    const warning = (step: number, kind: 'plateau' | 'spike') =>
      ({ type: 'warning', step, kind, message: '' }) as const;
    const before = [saved(0), evalEnd(0), stepEnd(1), warning(1, 'spike')];
    for (const event of [...before, saved(1), evalEnd(1), warning(1, 'plateau')])
      await appendLog(storage, event);
    await appendLog(storage, { type: 'train-end', step: 1, reason: 'aborted' });
    await truncateLog(storage, 1);
    expect(steps(storage)).toEqual(before.map(({ type, step }) => `${type} ${step}`));
  });

  test('loses a line that a crash cut short, at any length', async () => {
    const storage = new MemoryStorage();
    for (const event of [stepEnd(1), stepEnd(2)]) await appendLog(storage, event);
    const bytes = storage.files.get(LOG_FILE)!;
    const first = bytes.indexOf(10) + 1;
    for (let cut = first; cut < bytes.length - 1; cut++) {
      storage.files.set(LOG_FILE, bytes.slice(0, cut));
      await truncateLog(storage, 2);
      expect(steps(storage)).toEqual(['step-end 1']);
    }
    storage.files.set(LOG_FILE, bytes.slice(0, -1)); // only the line end is missing
    await truncateLog(storage, 2);
    expect(steps(storage)).toEqual(['step-end 1', 'step-end 2']);
  });

  test('need not be there', async () => {
    const storage = new MemoryStorage();
    await truncateLog(storage, 2);
    expect(storage.files.size).toBe(0);
  });
});
