import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { worldDocument } from './documents.js';
import { SPLITS, type Split, SplitGate } from './split.js';
import { WORLD_TASKS, worldExample } from './tasks/tasks.js';

// All of it: GPT_TS_FULL=1, 20,000 documents against 2,000 of each other split; 0 runs shared when it was last measured.
const [MANY, FEW] = process.env.GPT_TS_FULL ? [20_000, 2_000] : [2_000, 150];

/** Runs of 13 words, by a program of its own: white space divides, what is no letter or digit goes. */
function runs(text: string): string[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter((word) => word !== '');
  return words.slice(12).map((_, i) => words.slice(i, i + 13).join(' '));
}

test('no 13 words in a row are in documents of two splits', { timeout: 600_000 }, () => {
  const owners = new Map<string, Split>();
  const shared: string[] = [];
  let count = 0;
  for (const split of SPLITS) {
    const texts = new Set<string>();
    for (let index = 0; index < (split === 'train' ? MANY : FEW); index++) {
      const text = worldDocument(index, { seed: 1, split, tasks: true });
      texts.add(text);
      for (const run of runs(text)) {
        count++;
        const owner = owners.get(run) ?? split;
        if (owner !== split) shared.push(run);
        owners.set(run, split);
      }
    }
  }
  expect(count).toBeGreaterThan(100_000);
  expect(shared).toEqual([]);
});

test('no example of a test is a text of the training part, short ones included', { timeout: 600_000 }, () => {
  const seen = new Set<string>();
  const key = (row: Record<string, string>) => JSON.stringify(row);
  for (const task of WORLD_TASKS) {
    for (let index = 0; index < FEW; index++)
      seen.add(key(worldExample(task, { seed: 1, index, split: 'train' }).row));
    const leaked = Array.from({ length: 20 }, (_, index) =>
      worldExample(task, { seed: 1, index, split: 'test' }),
    );
    for (const { row, prompt } of leaked) {
      expect(seen.has(key(row))).toBe(false);
      expect(`${prompt.context}${prompt.completion}`.length).toBeGreaterThan(0);
    }
  }
});

test('the same words are in one split wherever they stand', () => {
  const random = new Random(1);
  const word = () => String.fromCharCode(97 + random.int(26)).repeat(1 + random.int(2));
  const counts = new Map<Split, number>();
  for (let i = 0; i < 500; i++) {
    const run = Array.from({ length: 13 }, word).join(' ');
    const owners = SPLITS.filter((split) => new SplitGate(split).add(run));
    expect(owners).toHaveLength(1);
    counts.set(owners[0], (counts.get(owners[0]) ?? 0) + 1);
    const gate = new SplitGate(owners[0]);
    expect(gate.add(run.toUpperCase().replaceAll(' ', ', '))).toBe(true);
  }
  // 1/2, 1/4, 1/4 of 500, within five standard deviations
  expect(Math.abs(counts.get('train')! - 250)).toBeLessThan(56);
  expect(Math.abs(counts.get('test')! - 125)).toBeLessThan(49);
});

test('a gate takes nothing of what it refuses', () => {
  const gate = new SplitGate('train');
  let text = 0;
  for (let i = 0; i < 200; i++) {
    const before = gate.length;
    if (gate.add(`word${i} other${i * 7}`)) text += 2;
    else expect(gate.length).toBe(before);
  }
  expect(gate.length).toBe(text);
});
