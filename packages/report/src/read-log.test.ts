import { InvalidFileError } from '@gpt-ts/core';
import type { TrainEvent } from '@gpt-ts/trainer';
import { describe, expect, test } from 'vitest';
import { readLog, readLogStream } from './read-log.js';

const step = (step: number, loss = step): object => ({
  type: 'step-end',
  step,
  loss,
  tokens: 8,
  elapsedMs: 4,
});
const evaluation = (step: number, loss: number): object => ({ type: 'eval-end', step, loss, elapsedMs: 1 });
const sample = (step: number, text: string): TrainEvent => ({ type: 'sample-end', step, texts: [text] });
const lines = (...events: object[]): string => events.map((event) => `${JSON.stringify(event)}\n`).join('');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a log', () => {
  test('is read event by event, in columns and lists', () => {
    const start = { type: 'train-start', step: 0, maxSteps: 2, parameters: 7, plan: { total: 1 } };
    const warning = { type: 'warning', step: 1, kind: 'spike', message: 'Look.' };
    const checkpoint = { type: 'checkpoint-end', step: 2, file: 'a' };
    const end = { type: 'train-end', step: 2, reason: 'done' };
    const measured = { ...evaluation(2, 3), count: 9, best: true, metrics: { accuracy: 0.5 } };
    const full = {
      ...{ learningRate: 0.1, gradNorm: 2, sequences: 3, tokensSeen: 50, tokensPerSecond: 60 },
      ...{ ceilingShare: 0.7, memoryBytes: 80, parts: { l2: 0.25 } },
    };
    const run = readLog(
      lines(
        start,
        { ...step(1, 5), ...full },
        warning,
        step(2, 4),
        measured,
        sample(2, 'ok'),
        checkpoint,
        end,
      ),
    );
    const { steps, ...rest } = run;
    expect(rest).toEqual({
      sittings: [start],
      evaluations: [measured],
      samples: [sample(2, 'ok')],
      checkpoints: [checkpoint],
      warnings: [warning],
      end,
    });
    expect(steps.length).toBe(2);
    const columns = {
      ...{
        step: [1, 2],
        loss: [5, 4],
        learningRate: [0.1, Number.NaN],
        gradNorm: [2, Number.NaN],
        sequences: [3, Number.NaN],
      },
      ...{ tokens: [8, 8], tokensSeen: [50, 58], elapsedMs: [4, 4], tokensPerSecond: [60, 2000] },
      ...{ ceilingShare: [0.7, Number.NaN], memoryBytes: [80, Number.NaN] },
    };
    for (const [name, values] of Object.entries(columns)) {
      expect(Array.from(steps[name as 'loss']), name).toEqual(values);
    }
    expect(Array.from(steps.parts.get('l2')!)).toEqual([0.25, Number.NaN]);
  });

  test('may be empty', () => {
    for (const log of ['', '\n', new Uint8Array()]) {
      expect(readLog(log)).toMatchObject({ steps: { length: 0 }, evaluations: [], warnings: [] });
    }
  });

  test('of the oldest version is read: its evaluations count tokens', () => {
    const run = readLog(
      lines(step(1), { ...evaluation(1, 2), tokens: 8 }, { type: 'train-end', step: 1, reason: 'done' }),
    );
    expect(run.evaluations[0].count).toBe(8);
  });

  test('has null for what was no number', () => {
    expect(Array.from(readLog('{"type":"step-end","step":1,"loss":null}').steps.loss)).toEqual([Number.NaN]);
  });

  test('may have kinds of events that are not known yet', () => {
    expect(readLog(lines({ type: 'toString', step: 1 }, { type: 'later' }, step(1))).steps.length).toBe(1);
  });

  test('keeps its numbers when columns grow', () => {
    const many = Array.from({ length: 5000 }, (_, i) => (i < 3000 ? step(i) : { ...step(i), gradNorm: i }));
    const { steps } = readLog(lines(...many));
    expect(Array.from(steps.loss)).toEqual(many.map((_, i) => i));
    expect(Array.from(steps.gradNorm)).toEqual(many.map((_, i) => (i < 3000 ? Number.NaN : i)));
  });

  test('in pieces of any length is the same', async () => {
    const log = bytes(lines(step(1), sample(1, 'é 🙂 \n'), step(2)));
    const whole = readLog(log);
    expect(whole.samples[0]).toEqual(sample(1, 'é 🙂 \n'));
    for (let size = 1; size <= log.length; size++) {
      const piece = new Uint8Array(size); // written over, as some readers do
      const pieces = function* () {
        for (let at = 0; at < log.length; at += size) {
          const part = log.subarray(at, at + size);
          piece.set(part);
          yield piece.subarray(0, part.length);
        }
      };
      expect(await readLogStream(pieces())).toEqual(whole);
    }
    expect(readLog(new TextDecoder().decode(log))).toEqual(whole);
  });
});

describe('a crash', () => {
  test('cuts the last line at any byte', () => {
    const log = bytes(lines(step(1), sample(1, 'é 🙂')));
    const first = log.indexOf(10) + 1;
    for (let cut = first; cut < log.length - 1; cut++) {
      const run = readLog(log.subarray(0, cut));
      expect(run.steps.length).toBe(1);
      expect(run.samples).toEqual([]);
    }
    expect(readLog(log.subarray(0, -1)).samples.length).toBe(1); // only the line end is missing
  });
});

describe('a resumed run', () => {
  test.each([0, 1, 2, 3, 4])('goes on from step %i: what comes later counts', (from) => {
    const before = [1, 2, 3, 4].flatMap((i) => [step(i, 10 + i), evaluation(i, 20 + i), sample(i, 'old')]);
    const after = Array.from({ length: 5 - from }, (_, i) => step(from + 1 + i, 30 + i));
    const start = { type: 'train-start', step: from, maxSteps: 5, parameters: 1, plan: {} };
    const again = evaluation(from, 40);
    for (const log of [lines(...before, start, again, ...after), lines(...before, again, ...after)]) {
      const { steps, evaluations } = readLog(log);
      expect(Array.from(steps.step)).toEqual([1, 2, 3, 4, 5]);
      expect(Array.from(steps.loss)).toEqual(
        [1, 2, 3, 4, 5].map((i) => (i <= from ? 10 + i : 30 + i - from - 1)),
      );
      expect(evaluations.find((each) => each.step === from)?.loss).toBe(40);
      expect(evaluations.map((each) => each.step)).toEqual(
        [...new Set(evaluations.map((each) => each.step))].sort(),
      );
    }
    const { evaluations, samples } = readLog(lines(...before, start));
    expect(evaluations.map((each) => each.step)).toEqual([1, 2, 3, 4].slice(0, from));
    expect(samples.length).toBe(from);
  });

  test('is not over, and what happened in parts that were undone is gone from all columns', () => {
    const end = { type: 'train-end', step: 2, reason: 'aborted' };
    const log = lines(step(1), { ...step(2), gradNorm: 3, parts: { l1: 1 } }, end, step(2));
    const { steps, end: ended } = readLog(log);
    expect(ended).toBeUndefined();
    expect(Array.from(steps.gradNorm)).toEqual([Number.NaN, Number.NaN]);
    expect(Array.from(steps.parts.get('l1')!)).toEqual([Number.NaN, Number.NaN]);
  });

  test('keeps two warnings of one step, but not one warning twice', () => {
    const warn = (message: string) => ({ type: 'warning', step: 1, kind: 'cleaning', message });
    const { warnings } = readLog(lines(step(1), warn('a'), warn('b'), warn('a'), step(2)));
    expect(warnings.map(({ message }) => message)).toEqual(['a', 'b']);
  });
});

describe('a bad line', () => {
  const good = lines(step(1));
  test.each([
    ['{"type":"step-e\n', 'is not JSON'],
    ['\0\n', 'is not JSON'],
    ['[]\n', 'must be an object, got []'],
    ['null', 'must be an object, got null'],
    ['{"step":1}\n', 'type must be a text, got undefined'],
    ['{"type":"step-end"}\n', 'step must be a whole number from 0 on, got undefined'],
    ['{"type":"step-end","step":1.5}\n', 'got 1.5'],
    ['{"type":"eval-end","step":-1}\n', 'got -1'],
    ['{"type":"step-end","step":2,"loss":"3"}\n', 'loss must be a number, got "3"'],
    ['{"type":"step-end","step":2,"parts":[1]}\n', 'parts must be numbers by name, got [1]'],
    ['{"type":"eval-end","step":2,"metrics":{"a":{}}}\n', 'a must be a number, got {}'],
    ['{"type":"sample-end","step":2,"texts":["a",1]}\n', 'texts must be a list of texts, got ["a",1]'],
    ['{"type":"warning","step":2,"kind":"spike"}\n', 'message must be a text, got undefined'],
  ])('%j is refused by its number', (line, problem) => {
    const log = `${good}\n${line}`; // a blank line is none
    for (const input of [log, bytes(log)]) {
      expect(() => readLog(input)).toThrow(InvalidFileError);
      expect(() => readLog(input)).toThrow(`log.jsonl: line 3: `);
      expect(() => readLog(input)).toThrow(problem);
    }
  });

  test('of broken UTF-8 is refused by its number', () => {
    const log = new Uint8Array([...bytes(good), ...bytes(good), 0xff, 10, ...bytes(good)]);
    expect(() => readLog(log, { file: 'a.jsonl' })).toThrow('a.jsonl: line 3: is not UTF-8.');
  });
});
