import { describe, expect, test } from 'vitest';
import { encoded } from '../test/support/encoded.js';
import { type TrainingBatches, trainingBatches } from './training-batches.js';

const examples = Array.from({ length: 10 }, (_, i) => encoded(i, 1 + (i % 3)));

/** The labels of the next examples, batch by batch. */
function run(batches: TrainingBatches, from: number, to: number, count?: number): number[][] {
  const seen: number[][] = [];
  for (let at = from; at < to; ) {
    const { labels, batchSize } = batches.batch(at, count);
    seen.push([...labels]);
    at += batchSize;
  }
  return seen;
}

describe('an epoch', () => {
  test('is whole batches of different examples, and drops the rest, another one each time', () => {
    const batches = trainingBatches({ examples, batchSize: 4 });
    expect(batches.examplesPerEpoch).toBe(8);
    expect(batches.batchesPerEpoch).toBe(2);
    const epochs = Array.from({ length: 20 }, (_, i) => run(batches, 8 * i, 8 * i + 8));
    for (const epoch of epochs) {
      expect(epoch.map((labels) => labels.length)).toEqual([4, 4]);
      expect(new Set(epoch.flat()).size).toBe(8);
    }
    expect(new Set(epochs.map((epoch) => epoch.join())).size).toBe(20);
    expect(new Set(epochs.flat(2)).size).toBe(10);
  });

  test('with keepPartial is every example once', () => {
    const batches = trainingBatches({ examples, batchSize: 4, keepPartial: true });
    expect(batches.examplesPerEpoch).toBe(10);
    expect(batches.batchesPerEpoch).toBe(3);
    for (const first of [0, 10, 20]) {
      const epoch = run(batches, first, first + 10);
      expect(epoch.map((labels) => labels.length)).toEqual([4, 4, 2]);
      expect(epoch.flat().toSorted((a, b) => a - b)).toEqual(examples.map(({ label }) => label));
    }
  });
});

describe('the order', () => {
  const order = (seed?: number) => run(trainingBatches({ examples, batchSize: 5, seed }), 0, 30).flat();

  test('depends on the seed, which is 0 unless given', () => {
    expect(order(0)).toEqual(order());
    expect(order(1)).not.toEqual(order());
    expect(order().slice(0, 10)).toEqual([9, 7, 4, 2, 1, 8, 6, 0, 3, 5]); // pinned: a change moves published scores
  });

  test('is the same after a resume at any number, and in parts', () => {
    const whole = run(trainingBatches({ examples, batchSize: 4 }), 0, 32).flat();
    for (let seen = 0; seen < 32; seen++) {
      const resumed = trainingBatches({ examples, batchSize: 4 });
      expect(run(resumed, seen, 32).flat()).toEqual(whole.slice(seen));
    }
    const inParts = run(trainingBatches({ examples, batchSize: 4 }), 0, 32, 2);
    expect(inParts.map((labels) => labels.length)).toEqual(new Array(16).fill(2));
    expect(inParts.flat()).toEqual(whole);
  });

  test('of an epoch does not depend on which were asked for before', () => {
    const batches = trainingBatches({ examples, batchSize: 5 });
    const later = batches.batch(25);
    batches.batch(0);
    expect(batches.batch(25)).toEqual(later);
  });
});

describe('what cannot be drawn is refused', () => {
  test.each([0, -1, 1.5, Number.NaN])('batchSize, count %s', (size) => {
    const message = `must be an integer of at least 1, got ${size}.`;
    expect(() => trainingBatches({ examples, batchSize: size })).toThrow(`batchSize ${message}`);
    expect(() => trainingBatches({ examples, batchSize: 1 }).batch(0, size)).toThrow(`count ${message}`);
  });

  test('too few examples, a wrong seed or start', () => {
    expect(() => trainingBatches({ examples, batchSize: 11 })).toThrow(
      'examples must be at least 11, a whole batch, got 10. Give more examples, a smaller batchSize, or keepPartial.',
    );
    expect(trainingBatches({ examples, batchSize: 11, keepPartial: true }).batch(0).batchSize).toBe(10);
    expect(() => trainingBatches({ examples: [], batchSize: 1, keepPartial: true })).toThrow('one or more');
    expect(() => trainingBatches({ examples, batchSize: 1, seed: -1 })).toThrow('seed');
    expect(() => trainingBatches({ examples, batchSize: 1 }).batch(-1)).toThrow('first');
  });
});
