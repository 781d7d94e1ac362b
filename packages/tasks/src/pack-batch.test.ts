import { expect, test } from 'vitest';
import { encoded } from '../test/support/encoded.js';
import { packBatch } from './pack-batch.js';

test('a batch is padded to its own longest row', () => {
  const batch = packBatch([encoded(1, 1, 2), encoded(2, 3, 1)]);
  expect(batch).toEqual({
    batchSize: 2,
    nRows: 2,
    tokens: Int32Array.of(1, 0, 0, 1, 1, 0, 2, 2, 2, 2, 0, 0),
    mask: Float32Array.of(1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 0, 0),
    extractIndex: Int32Array.of(0, 1, 2, 0),
    labels: Int32Array.of(1, 2),
  });
  expect(packBatch([encoded(1, 1, 2)]).tokens).toEqual(Int32Array.of(1, 0, 1, 1));
});

test('examples of different K, or none, make no batch', () => {
  expect(() => packBatch([encoded(1, 1, 2), encoded(2, 3)])).toThrow(
    'examples must be examples of 2 rows each, got 1.',
  );
  expect(() => packBatch([])).toThrow('examples must be one or more, got [].');
});
