import { describe, expect, test } from 'vitest';
import { corpusOf, documentOf, EOT, rowsOf } from '../test/support/random-corpus.js';
import { sweepWindows } from './sweep-windows.js';
import type { DocumentLayout } from './windows.js';

/** Windows in the order of the corpus. */
function rows(documents: DocumentLayout, lengths: number[], nCtx: number, separated = true) {
  const corpus = corpusOf(lengths, separated);
  const [batch] = sweepWindows({ corpus, nCtx, documents, batchSize: 1000 });
  return rowsOf(batch);
}

/** Inputs as the drawings show them: a letter a document, `.` for end-of-text, `-` for a place without a target. */
function draw(...[documents, lengths, nCtx, separated]: Parameters<typeof rows>): string {
  const name = (id: number) => (id === EOT ? '.' : 'abcdefg'[documentOf(id)]);
  return rows(documents, lengths, nCtx, separated)
    .map(({ inputs, targets }) => inputs.map((id, i) => (targets[i] === -1 ? '-' : name(id))).join(''))
    .join(' ');
}

/** The rows of targets. */
const targets = (...options: Parameters<typeof rows>) => rows(...options).map((row) => row.targets);

describe('packed', () => {
  test.each([
    [[3, 2, 6], 5, '.aaa. bb.cc'], // a remainder of 4
    [[3, 1], 6, '.aaa.b'], // all of it
    [[14], 5, '.aaaa aaaaa aaaaa'],
    [[1, 1, 1, 1], 3, '.a. b.c'],
    [[1], 2, '.a'],
    [[1], 1, '. a'],
  ])('documents of %j ids in windows of %i are %s', (lengths, nCtx, drawing) => {
    expect(draw('packed', lengths, nCtx)).toBe(drawing);
  });

  test('after the last document comes end-of-text', () => {
    expect(targets('packed', [3, 1], 6)).toEqual([[1000, 1001, 1002, 0, 2000, 0]]);
  });

  test('a lone text without end-of-text ends with its last id', () => {
    expect(targets('packed', [7], 3, false)).toEqual([
      [1001, 1002, 1003],
      [1004, 1005, 1006],
    ]);
  });

  test('a corpus that is too short is refused with both numbers and what to do', () => {
    expect(() => rows('packed', [3, 1], 7)).toThrow(
      'nCtx must be at most 6, the ids to predict in this corpus, got 7. ' +
        "Give a longer text or a smaller nCtx, or fill up short documents with documents: 'padded'.",
    );
    expect(() => rows('packed', [7], 7, false)).toThrow('nCtx must be at most 6,');
    expect(() => rows('packed', [1], 1, false)).toThrow('nCtx must be at most 0,');
  });

  test('documents do not touch without an end-of-text', () => {
    expect(() => rows('packed', [3, 4], 2, false)).toThrow(
      'corpus.eotId must be an id to stand between 2 documents that share sequences, got undefined. ' +
        "Give the corpus an eotId, or keep documents 'apart' or 'padded'.",
    );
  });
});

describe('aligned', () => {
  test.each([
    [[3, 2, 6], 5, '.aaa. .bb.c .cccc'],
    [[1, 2], 5, '.a.bb .bb.a'],
    [[9], 4, '.aaa'],
  ])('documents of %j ids in windows of %i are %s', (lengths, nCtx, drawing) => {
    expect(draw('aligned', lengths, nCtx)).toBe(drawing);
  });

  test('needs an end-of-text, and room for a window', () => {
    expect(() => rows('aligned', [9], 4, false)).toThrow(
      "corpus.eotId must be the id that 'aligned' sequences begin with, got undefined.",
    );
    expect(() => rows('aligned', [3, 1], 7)).toThrow('nCtx must be at most 6,');
  });
});

describe('apart', () => {
  test.each([
    [[3, 2, 6], 5, '.aaa- .bb-- .cccc cc---'],
    [[3, 4], 4, '.aaa .bbb b---'], // the second one's end-of-text has a window of its own
    [[1, 20], 30, `.a${'-'.repeat(28)} .${'b'.repeat(20)}${'-'.repeat(9)}`],
    [[3], 1, '. a a a'],
  ])('documents of %j ids in windows of %i are %s', (lengths, nCtx, drawing) => {
    expect(draw('apart', lengths, nCtx)).toBe(drawing);
  });

  test('each document ends with end-of-text; padding holds it and predicts nothing', () => {
    expect(rows('apart', [4], 4)).toEqual([
      { inputs: [0, 1000, 1001, 1002], targets: [1000, 1001, 1002, 1003] },
      { inputs: [1003, 0, 0, 0], targets: [0, -1, -1, -1] },
    ]);
  });

  test('without end-of-text documents begin with their first id and end with their last', () => {
    expect(rows('apart', [4, 1, 2], 2, false)).toEqual([
      { inputs: [1000, 1001], targets: [1001, 1002] },
      { inputs: [1002, 1003], targets: [1003, -1] },
      { inputs: [3000, 3001], targets: [3001, -1] }, // the one of a single id has nothing to predict
    ]);
    expect(() => rows('apart', [1, 1], 2, false)).toThrow(
      'corpus must be a document of 2 ids or more, or one with an eotId',
    );
  });
});

describe('padded', () => {
  test.each([
    [[3, 2, 6], 5, '.aaa- .bb-- .cccc'],
    [[1, 20], 3, '.a- .bb'],
  ])('documents of %j ids in windows of %i are %s', (lengths, nCtx, drawing) => {
    expect(draw('padded', lengths, nCtx)).toBe(drawing);
  });

  test('a document that is cut off does not end', () => {
    expect(targets('padded', [2, 3, 4], 4)).toEqual([
      [1000, 1001, 0, -1],
      [2000, 2001, 2002, 0],
      [3000, 3001, 3002, 3003],
    ]);
  });

  test('without end-of-text a document of one id is left out', () => {
    expect(targets('padded', [1, 9, 2], 3, false)).toEqual([
      [2001, 2002, 2003],
      [3001, -1, -1],
    ]);
  });
});

test('an unknown layout is refused', () => {
  expect(() => rows('folded' as DocumentLayout, [3], 2)).toThrow(
    'documents must be one of packed, aligned, apart, padded, got "folded"',
  );
  expect(() => rows('toString' as DocumentLayout, [3], 2)).toThrow('documents must be one of');
});
