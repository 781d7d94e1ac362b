import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import { GptError, isGptError, show } from './gpt-error.js';
import { InvalidArgumentError } from './invalid-argument-error.js';
import { InvalidConfigError } from './invalid-config-error.js';
import { InvalidFileError } from './invalid-file-error.js';
import { ShapeError } from './shape-error.js';
import { assertTokens, TokenRangeError } from './token-range-error.js';

describe('each error says what was expected, what came and what to do', () => {
  test.each([
    [
      new InvalidArgumentError({
        argument: 'topK',
        expected: 'a positive integer',
        received: 0,
        hint: 'Leave it out.',
      }),
      'invalid-argument',
      'InvalidArgumentError: topK must be a positive integer, got 0. Leave it out.',
    ],
    [
      new InvalidConfigError({ field: 'nHead', expected: 'a divisor of nEmbd (48)', received: 5 }),
      'invalid-config',
      'InvalidConfigError: config: nHead must be a divisor of nEmbd (48), got 5.',
    ],
    [
      new InvalidConfigError({
        source: 'run/config.json',
        field: 'nCtx',
        expected: 'a number',
        received: '1024',
      }),
      'invalid-config',
      'InvalidConfigError: run/config.json: nCtx must be a number, got "1024".',
    ],
    [
      new InvalidFileError({ file: 'a.bin', problem: 'it is empty', hint: 'Download it again.' }),
      'invalid-file',
      'InvalidFileError: a.bin: it is empty. Download it again.',
    ],
    [
      new InvalidFileError({ file: 'a.bin', field: 'wte', problem: 'dtype must be F32' }),
      'invalid-file',
      'InvalidFileError: a.bin: wte: dtype must be F32.',
    ],
    [
      new ShapeError({ op: 'matMul', argument: 'b', expected: '[3, n]', received: [4, 5] }),
      'shape',
      'ShapeError: matMul: b must be [3, n], got [4, 5].',
    ],
    [
      new TokenRangeError({ token: 97, position: 3, nVocab: 97 }),
      'token-range',
      'TokenRangeError: token 97 at position 3 is not an id from 0 to 96. ' +
        'Encode the text with the tokenizer that belongs to the model.',
    ],
  ])('%s', (error, code, text) => {
    expect(`${error}`).toBe(text);
    expect(error.code).toBe(code);
    expect(error).toBeInstanceOf(GptError);
    expect(error.stack).toContain(import.meta.filename);
  });

  test('the facts are fields, and the cause is kept', () => {
    const cause = new Error('underneath');
    expect(new InvalidFileError({ file: 'a', field: 'b', problem: 'c', cause })).toMatchObject({
      file: 'a',
      field: 'b',
      hint: undefined,
      cause,
    });
    expect(
      new InvalidArgumentError({ argument: 'a', expected: 'b', received: [1], hint: 'c' }),
    ).toMatchObject({
      argument: 'a',
      expected: 'b',
      received: [1],
      hint: 'c',
    });
  });
});

describe('isGptError', () => {
  test('knows the errors of another copy of the package, which instanceof does not', async () => {
    vi.resetModules();
    const copy = await import('./shape-error.js');
    const error = new copy.ShapeError({ op: 'a', argument: 'b', expected: 'c', received: [] });
    expect(error instanceof GptError).toBe(false);
    expect(isGptError(error)).toBe(true);
  });

  test.each([
    [new Error('other')],
    ['text'],
    [undefined],
    [null],
    [{ code: 'shape' }],
    [runInNewContext('new Error()')],
  ])('is false for %s', (value) => {
    expect(isGptError(value)).toBe(false);
  });

  test('leaves no trace of its marker in what is printed or stored', () => {
    const error = new ShapeError({ op: 'a', argument: 'b', expected: 'c', received: [] });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      ...{ name: 'ShapeError', code: 'shape' },
      ...{ op: 'a', argument: 'b', expected: 'c', received: [] },
    });
  });
});

describe('show', () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  test.each([
    ['text', '"text"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [12n, '12'],
    [{ a: [1, 'b'] }, '{"a":[1,"b"]}'],
    [() => 1, 'a function'],
    [Symbol('s'), 'Symbol(s)'],
    ['x'.repeat(100), `"${'x'.repeat(76)}...`],
    [[1n, 2n], '1,2'],
    [cycle, ''],
  ])('%s', (value, text) => {
    expect(show(value)).toBe(text);
  });
});

describe('assertTokens', () => {
  test('takes every id of the vocabulary, in any list', () => {
    assertTokens([], 1);
    assertTokens([0, 1, 2], 3);
    assertTokens(Int32Array.of(2, 0), 3);
  });

  test.each([-1, 3, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s and says where it is',
    (token) => {
      expect(() => assertTokens([0, 2, token, -7], 3)).toThrow(
        `token ${token} at position 2 is not an id from 0 to 2.`,
      );
    },
  );

  test('refuses what is no number', () => {
    expect(() => assertTokens(['1'] as unknown as number[], 3)).toThrow('token "1" at position 0');
    expect(() => assertTokens(new Array<number>(1), 3)).toThrow(TokenRangeError);
  });
});
