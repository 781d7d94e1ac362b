import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { goldenPatterns } from '../test/golden-cases.js';
import { readGoldenFiles } from '../test.js';
import { type AttentionPattern, checkPattern, sees } from './attention-pattern.js';

const golden = new URL('../../../../tooling/golden/', import.meta.url);
const { sparse } = readGoldenFiles((path) => readFileSync(new URL(path, golden)));

describe('sees', () => {
  test.each(Object.entries(goldenPatterns))('gives the mask of %s in the golden file', (name, pattern) => {
    const { data, shape } = sparse.get(`${name}.mask`)!; // [T, T] or [nHead, T, T]
    const t = shape[shape.length - 1];
    data.forEach((allowed, at) => {
      const [h, i, j] = [Math.floor(at / t / t), Math.floor(at / t) % t, at % t];
      if (sees(pattern, h, i, j) !== (allowed === 1)) expect([h, i, j]).toBe(allowed);
    });
    expect(data.length).toBe((shape.length === 3 ? 4 : 1) * 40 * 40);
  });

  test.each([...Object.values(goldenPatterns), { kind: 'dense' } as const])(
    '$kind: every position sees itself, and never the future',
    (pattern) => {
      for (let i = 0; i < 50; i++) {
        for (const head of [0, 1, 2]) {
          expect(sees(pattern, head, i, i)).toBe(true);
          expect(sees(pattern, head, i, i + 1)).toBe(false);
        }
      }
    },
  );
});

describe('checkPattern', () => {
  test.each<[AttentionPattern, string]>([
    [{ kind: 'banded', window: 0 }, 'pattern.window must be a positive integer, got 0.'],
    [{ kind: 'column', stride: 1.5 }, 'pattern.stride must be a positive integer, got 1.5.'],
    [{ kind: 'block', stride: Number.NaN }, 'pattern.stride must be a positive integer, got NaN.'],
    [{ kind: 'strided' } as AttentionPattern, 'pattern.stride must be a positive integer'],
    [{ kind: 'fixed', stride: 4 } as AttentionPattern, 'pattern.summary must be a positive integer'],
    [
      { kind: 'fixed', stride: 4, summary: 5 },
      'pattern.summary must be at most stride / groups = 4 / 1, got 5.',
    ],
    [
      { kind: 'fixed', stride: 8, summary: 3, groups: 3 },
      'pattern.summary must be at most stride / groups = 8 / 3, got 3.',
    ],
    [{ kind: 'wide' } as unknown as AttentionPattern, 'pattern.kind must be one of dense, banded,'],
  ])('refuses %j', (pattern, message) => {
    expect(() => checkPattern(pattern)).toThrow(InvalidArgumentError);
    expect(() => checkPattern(pattern)).toThrow(message);
  });

  test.each<AttentionPattern>([
    { kind: 'dense' },
    { kind: 'banded', window: 1 },
    { kind: 'fixed', stride: 8, summary: 4, groups: 2 },
    { kind: 'fixed', stride: 8, summary: 8, groups: undefined },
  ])('accepts %j', (pattern) => {
    checkPattern(pattern);
  });
});
