import { describe, expect, test } from 'vitest';
import { gptConfig } from './gpt-config.js';
import { preset } from './presets.js';
import { trainingFloats, trainingFlops } from './training-cost.js';

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
  });
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
  });
});
