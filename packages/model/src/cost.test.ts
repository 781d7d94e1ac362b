import { type AttentionPattern, sees } from '@gpt-ts/kernels';
import { describe, expect, test } from 'vitest';
import { forwardFlops, kvCacheBytes, trainingFloats, trainingFlops } from './cost.js';
import { gptConfig } from './gpt-config.js';
import { preset } from './presets.js';

const gpt2 = gptConfig({ nVocab: 50257, ...preset('gpt2').config });
const odd = gptConfig({ nLayer: 2, nHead: 3, nEmbd: 10, nCtx: 8, nVocab: 7, dHead: 4, nInner: 20 });

describe('trainingFlops', () => {
  test('of GPT-2 is six times its matrices for each token, and attention', () => {
    const matrices = 12 * 12 * 768 ** 2 + 50257 * 768; // 123,532,032: all parameters but wpe, gains and biases
    expect(matrices).toBe(123_532_032);
    const attention = (1024 * 1025 * 12 * 12 * 768) / 2;
    expect(trainingFlops(gpt2, { batchSize: 1, seqLen: 1024 })).toBe(6 * 1024 * matrices + attention);
  });

  test('with heads and an MLP of their own widths', () => {
    // a layer multiplies 10 x 36 + 12 x 10 + 2 x 10 x 20 = 880 weights, the head 70; 10 pairs of 4 positions, A = 12
    const row = 4 * 6 * (2 * 880 + 70) + 10 * 2 * 12 * 12;
    expect(trainingFlops(odd, { batchSize: 1, seqLen: 4 })).toBe(row);
    expect(trainingFlops(odd, { batchSize: 5, seqLen: 4 })).toBe(5 * row);
    const blocks = 4 * 2 * 2 * 880 + 10 * 2 * 4 * 12;
    expect(trainingFlops(odd, { batchSize: 5, seqLen: 4, recompute: true })).toBe(5 * (row + blocks));
  });
});

test.each<AttentionPattern>([
  { kind: 'dense' },
  { kind: 'banded', window: 3 },
  { kind: 'column', stride: 3 },
  { kind: 'strided', stride: 3 },
  { kind: 'block', stride: 3 },
  { kind: 'fixed', stride: 4, summary: 2 },
  { kind: 'fixed', stride: 4, summary: 1, groups: 2 },
])('attention of %o counts the pairs that see each other', (pattern) => {
  const seqLen = 11;
  const with_ = gptConfig({ ...odd, attention: [pattern, { kind: 'banded', window: 1 }] });
  let pairs = seqLen; // of the second layer
  for (let i = 0; i < seqLen; i++) for (let j = 0; j <= i; j++) pairs += sees(pattern, 1, i, j) ? 1 : 0;
  expect(forwardFlops(with_, { batchSize: 2, seqLen })).toBe(
    2 * (seqLen * 2 * (2 * 880 + 70) + pairs * 4 * 12),
  );
});

test('keys and values of the smallest GPT-2 take 72 KiB a token', () => {
  expect(kvCacheBytes(gpt2, 1)).toBe(72 * 1024);
  expect(kvCacheBytes(gpt2, 1024)).toBe(72 * 2 ** 20);
});

describe('trainingFloats', () => {
  test('of GPT-2, 4 rows of 512', () => {
    const layer = 16 * 768 + 12 + 4; // 12,304
    expect(trainingFloats(gpt2, { batchSize: 4, seqLen: 512 })).toEqual({
      kept: 2048 * (12 * layer + 3 * 768 + 2), // 307,105,792
      working: 3 * 2048 * 3072 + 256 * 50257,
    });
  });

  test('with heads and an MLP of their own widths, and less than a chunk of positions', () => {
    const layer = 4 * 10 + 4 * 12 + 2 * 20 + 3 + 4; // 135
    expect(trainingFloats(odd, { batchSize: 2, seqLen: 3 })).toEqual({
      kept: 6 * (2 * layer + 32), // 1812
      working: 3 * 6 * 36 + 6 * 7, // queries, keys and values are the widest
    });
    expect(trainingFloats(odd, { batchSize: 2, seqLen: 3, recompute: true })).toEqual({
      kept: 6 * (2 * 10 + 32), // of a layer its input
      working: 3 * 6 * 36 + 6 * 7 + 6 * (layer - 10), // and all of one layer
    });
  });
});
