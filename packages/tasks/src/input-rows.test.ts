import { describe, expect, test } from 'vitest';
import { classification, entailment, multipleChoice, type RowFormat, similarity } from './input-rows.js';

const S = 97; // start
const D = 98; // delimiter
const E = 99; // extract
const format: RowFormat = { nCtx: 11, start: S, delimiter: D, extract: E }; // 9 ids of a text, 3 of a side

const upTo = (n: number, from = 1) => Array.from({ length: n }, (_, i) => from + i);

describe('classification', () => {
  test('wraps, pads and masks', () => {
    expect(classification({ text: [1, 2] }, { ...format, nCtx: 6 })).toEqual({
      nRows: 1,
      nCtx: 6,
      tokens: Int32Array.of(S, 1, 2, E, 0, 0),
      mask: Float32Array.of(1, 1, 1, 1, 0, 0),
      extractIndex: Int32Array.of(3),
    });
  });

  test('keeps the first nCtx - 2 ids', () => {
    for (const n of [9, 10, 50]) {
      const row = classification({ text: Int32Array.from(upTo(n)) }, format);
      expect([...row.tokens]).toEqual([S, ...upTo(9), E]);
      expect([...row.extractIndex]).toEqual([10]);
    }
  });

  test('takes an empty text and the shortest row', () => {
    expect([...classification({ text: [] }, format).tokens.slice(0, 3)]).toEqual([S, E, 0]);
    expect([...classification({ text: [1, 2] }, { ...format, nCtx: 3 }).tokens]).toEqual([S, 1, E]);
  });
});

describe('pairs', () => {
  test('keep the first floor(nCtx / 2) - 2 ids of each side, whatever the other leaves free', () => {
    const long = entailment({ premise: upTo(5), hypothesis: upTo(5, 11) }, format);
    expect([...long.tokens]).toEqual([S, 1, 2, 3, D, 11, 12, 13, E, 0, 0]);
    const oneLong = entailment({ premise: [1], hypothesis: upTo(5, 11) }, { ...format, nCtx: 10 });
    expect([...oneLong.tokens]).toEqual([S, 1, D, 11, 12, 13, E, 0, 0, 0]);
  });

  test('of similar texts come in both orders', () => {
    const rows = similarity({ a: [1], b: [2, 3] }, { ...format, nCtx: 10 });
    expect(rows.nRows).toBe(2);
    expect([...rows.tokens]).toEqual([S, 1, D, 2, 3, E, 0, 0, 0, 0, S, 2, 3, D, 1, E, 0, 0, 0, 0]);
    expect([...rows.extractIndex]).toEqual([5, 5]);
  });

  test('mask a real id 0 as real', () => {
    expect([...entailment({ premise: [0], hypothesis: [0] }, format).mask]).toEqual([
      1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
    ]);
  });
});

describe('multipleChoice', () => {
  test('gives each option a row with the same context', () => {
    const rows = multipleChoice({ context: upTo(4), options: [[5], [6, 7]] }, format);
    expect([...rows.tokens]).toEqual([S, 1, 2, 3, D, 5, E, 0, 0, 0, 0, S, 1, 2, 3, D, 6, 7, E, 0, 0, 0]);
    expect([...rows.extractIndex]).toEqual([6, 7]);
  });

  test.each([
    [[], [1, 2, 3]],
    [[8], [1, 2, 8]],
    [
      [8, 9],
      [1, 8, 9],
    ],
    [upTo(3, 11), [11, 12, 13]],
    [upTo(4, 11), [11, 12, 13]], // nothing of the context left: the question keeps its beginning
  ])('shortens the context before the question %j', (question, kept) => {
    const rows = multipleChoice({ context: upTo(4), question, options: [[5]] }, format);
    expect([...rows.tokens]).toEqual([S, ...kept, D, 5, E, 0, 0, 0, 0]);
  });
});

describe('a format or example that cannot be packed is refused', () => {
  test.each([5, 0, -1, 6.5, Number.NaN])('nCtx %s for a pair', (nCtx) => {
    const message = `nCtx must be an integer of at least 6, got ${nCtx}.`;
    const short = { ...format, nCtx };
    expect(() => entailment({ premise: [1], hypothesis: [2] }, short)).toThrow(message);
    expect(() => similarity({ a: [1], b: [2] }, short)).toThrow(message);
    expect(() => multipleChoice({ context: [1], options: [[2]] }, short)).toThrow(message);
  });

  test('nCtx 2 for one text, and no options', () => {
    expect(() => classification({ text: [1] }, { ...format, nCtx: 2 })).toThrow('at least 3, got 2.');
    expect(() => multipleChoice({ context: [1], options: [] }, format)).toThrow(
      'options must be a non-empty list',
    );
  });
});
