import { describe, expect, test } from 'vitest';
import { holdOut } from './hold-out.js';

const example = (label: number, row: number, file = 'a') => ({ label, source: { file, row } });
const many = Array.from({ length: 100 }, (_, i) => example(i < 70 ? 0 : 1, i));
const rows = (examples: readonly { source: { row: number } }[]) => examples.map(({ source }) => source.row);

test('each label gives its share, and both parts keep the order of the whole', () => {
  const { train, dev } = holdOut(many, 0.1, 0);
  expect(dev.filter(({ label }) => label === 0).length).toBe(7);
  expect(dev.filter(({ label }) => label === 1).length).toBe(3);
  expect(rows(train)).toEqual(rows(train).toSorted((a, b) => a - b));
  expect(rows(dev)).toEqual(rows(dev).toSorted((a, b) => a - b));
  expect(rows([...train, ...dev]).toSorted((a, b) => a - b)).toEqual(rows(many));
});

test('the draw depends on the seed alone', () => {
  const drawn = (seed: number) => rows(holdOut(many, 0.1, seed).dev);
  expect(drawn(3)).toEqual(drawn(3));
  expect(drawn(4)).not.toEqual(drawn(3));
  expect(drawn(0)).toEqual([2, 3, 4, 32, 35, 47, 64, 73, 85, 95]); // pinned: a change moves published scores
});

test('questions about one passage stay together', () => {
  const questions = Array.from({ length: 90 }, (_, i) =>
    example(i % 4, Math.floor(i / 3), i < 45 ? 'a' : 'b'),
  );
  const { train, dev } = holdOut(questions, 0.2, 0);
  const kept = new Set(train.map(({ source }) => `${source.file} ${source.row}`));
  expect(dev.filter(({ source }) => kept.has(`${source.file} ${source.row}`))).toEqual([]);
  expect(dev.length % 3).toBe(0);
  expect(dev.length).toBeGreaterThan(0);
});

describe('no split', () => {
  test.each([0, 1, -0.1, 1.5, Number.NaN])('comes of a share of %s', (share) => {
    expect(() => holdOut(many, share, 0)).toThrow(`share must be between 0 and 1, got ${share}.`);
  });

  test('leaves a part empty', () => {
    expect(() => holdOut(many.slice(0, 4), 0.1, 0)).toThrow('such that 4 examples make two parts');
    expect(() => holdOut(many.slice(0, 4), 0.9, 0)).toThrow('such that 4 examples make two parts');
    expect(() => holdOut([], 0.5, 0)).toThrow('such that 0 examples make two parts');
  });
});
