/** Logistic regression on sparse vectors: AdaGrad, one example at a time, in a seeded order. */
import { Random } from '@gpt-ts/core';
import { permutation } from '../permutation.js';
import type { SparseVector } from './term-frequencies.js';

/** An example and what it is. */
export interface LabelledVector extends SparseVector {
  label: 0 | 1;
}

/** How weights are learned. */
export interface FitOptions {
  /** Times through the examples. Default 5. */
  epochs?: number;
  /** AdaGrad's. Default 0.1. */
  learningRate?: number;
  /** Pulls weights to 0: `l2 / 2 * |w|^2` is added to the loss of each example. Default 1e-6. */
  l2?: number;
  /** Seed of the order. Default 0. */
  seed?: number;
}

/** A linear model: `sigmoid(weights · x + bias)`. */
export interface LinearModel {
  weights: Float32Array;
  bias: number;
}

/**
 * Learns weights for examples in `[0, 1]^buckets`. Each class counts for half, however many examples it has. L2 is
 * applied to the weights that an example has, so a weight shrinks as often as its word comes.
 */
export function fitLogisticRegression(
  examples: readonly LabelledVector[],
  buckets: number,
  { epochs = 5, learningRate = 0.1, l2 = 1e-6, seed = 0 }: FitOptions = {},
): LinearModel {
  const weights = new Float32Array(buckets);
  const squares = new Float32Array(buckets).fill(1e-8); // of gradients; not 0, to divide by
  const positives = examples.filter(({ label }) => label === 1).length;
  const shares = [examples.length - positives, positives];
  let bias = 0;
  let biasSquares = 1e-8;
  const random = new Random(seed, 'logistic-regression');
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const at of permutation(examples.length, random)) {
      const { indices, values, label } = examples[at];
      const weight = examples.length / (2 * shares[label]);
      const error = weight * (probability({ weights, bias }, examples[at]) - label);
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i];
        const gradient = error * values[i] + l2 * weights[index];
        squares[index] += gradient * gradient;
        weights[index] -= (learningRate * gradient) / Math.sqrt(squares[index]);
      }
      biasSquares += error * error;
      bias -= (learningRate * error) / Math.sqrt(biasSquares);
    }
  }
  return { weights, bias: Math.fround(bias) };
}

/** The probability of label 1. */
export function probability({ weights, bias }: LinearModel, { indices, values }: SparseVector): number {
  let sum = bias;
  for (let i = 0; i < indices.length; i++) sum += weights[indices[i]] * values[i];
  return 1 / (1 + Math.exp(-sum));
}
