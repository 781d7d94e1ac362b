/**
 * What a model costs, before there is one: the arithmetic it must do and the numbers it must hold.
 *
 * Letters as in `gpt.ts`: B batch, T positions, C = nEmbd, A = nHead * dHead, V = nVocab.
 */
import type { AttentionPattern } from '@gpt-ts/kernels';
import type { GPTConfig } from './gpt-config.js';

/** Size of a batch. */
export interface BatchShape {
  /** Sequences. */
  batchSize: number;
  /** Tokens in each. */
  seqLen: number;
}

/** Size of a batch to learn from, and how. */
export interface TrainingShape extends BatchShape {
  /** Blocks keep only their inputs and are run again on the way back: `recompute` of `Pass`. Default false. */
  recompute?: boolean;
}

/** Numbers that a training step holds besides parameters, gradients and the optimizer's moments. */
export interface TrainingFloats {
  /** Kept from the forward pass for the backward pass. */
  kept: number;
  /** Held for a moment: the largest temporaries and a chunk of the loss. */
  working: number;
}

/** Positions whose logits the loss holds at a time, as in `wasm-kernels.ts` of @gpt-ts/backend-wasm. */
const LOSS_CHUNK = 256;

/**
 * Floating-point operations of one run through a model, a multiply-add counted as two.
 *
 * A weight that multiplies each token costs 2: a layer has `4 A C + 2 C nInner` of them (`12 C²` as published), the head
 * `V C`. Attention: each pair of positions of which one sees the other costs `2 A` for its score and `2 A` for its value.
 * Norms, GELU and the optimizer are left out.
 *
 * @see Kaplan et al. 2020, section 2.1, for the convention.
 * @example
 * forwardFlops(gptConfig({ nLayer: 1, nHead: 1, nEmbd: 1, nCtx: 1, nVocab: 1 }), { batchSize: 1, seqLen: 1 }); // => 30
 */
export function forwardFlops(config: GPTConfig, shape: BatchShape): number {
  const { nEmbd: c, nVocab, nCtx, head } = config;
  const rows = nVocab + (head === 'joint' ? nCtx : 0);
  return blockFlops(config, shape) + shape.batchSize * shape.seqLen * 2 * rows * c;
}

/** Those of all blocks. */
function blockFlops(config: GPTConfig, { batchSize, seqLen }: BatchShape): number {
  const { nLayer, nHead, nEmbd: c, dHead, nInner, attention } = config;
  const a = nHead * dHead;
  const multiplied = nLayer * (4 * a * c + 2 * c * nInner);
  let pairs = 0;
  for (let i = 0; i < nLayer; i++) pairs += pairsSeen(attention[i % attention.length], seqLen);
  return batchSize * (seqLen * 2 * multiplied + pairs * 4 * a);
}

/**
 * Floating-point operations of one training step: {@link forwardFlops}, and twice as many backward (`dX = dY Wᵀ`, `dW = Xᵀ dY`).
 * With `recompute`, those of the blocks once more; else what is computed a second time is counted once.
 */
export function trainingFlops(config: GPTConfig, shape: TrainingShape): number {
  return 3 * forwardFlops(config, shape) + (shape.recompute ? blockFlops(config, shape) : 0);
}

/** Pairs of positions of which one sees the other, among the first `t`. */
function pairsSeen(pattern: AttentionPattern, t: number): number {
  let pairs = 0;
  for (let i = 0; i < t; i++) pairs += keysSeen(pattern, i);
  return pairs;
}

/** How many positions position i sees: the number of j with `sees(pattern, 0, i, j)`. */
function keysSeen(pattern: AttentionPattern, i: number): number {
  switch (pattern.kind) {
    case 'dense':
      return i + 1;
    case 'banded':
      return Math.min(i + 1, pattern.window);
    case 'column':
      return Math.floor(i / pattern.stride) + 1;
    case 'strided':
      return Math.min(i + 1, pattern.stride) + Math.floor(i / pattern.stride);
    case 'block':
      return (i % pattern.stride) + 1;
    case 'fixed':
      return (i % pattern.stride) + 1 + Math.floor(i / pattern.stride) * pattern.summary;
  }
}

/** Bytes that keys and values take, in float32. */
export function kvCacheBytes({ nLayer, nHead, dHead }: GPTConfig, positions: number): number {
  return 4 * 2 * nLayer * nHead * dHead * positions;
}

/**
 * How many float32 numbers a training step holds.
 *
 * Kept, for each token and layer:
 *
 * | what | floats | because |
 * | --- | --- | --- |
 * | input of `ln_1`: the residual stream | C | its gradient |
 * | mean and deviation of both norms | 4 | their gradients |
 * | input of `c_attn` | C | its weight's gradient |
 * | queries, keys, values | 3 A | attention's gradient |
 * | log-sum-exp of each head | nHead | instead of the probabilities, T a head |
 * | input of `c_proj` | A | its weight's and attention's gradient |
 * | input of `ln_2` | C | its gradient |
 * | input of `c_fc` | C | its weight's gradient |
 * | the GELU's slope and its result | 2 nInner | its gradient; the weight's of the second `c_proj` |
 *
 * and once for each token the input of `ln_f` with its mean and deviation, its output, and the loss's gradient there:
 * `3 C + 2`. No T × T matrix and no logits are among them. With `recompute` a layer keeps only its input, C.
 *
 * Working: three activations of the widest layer (a gradient, what it is computed from, what it becomes) and the logits
 * of one chunk of the loss; with `recompute` also what one layer keeps otherwise. The gradient of the tied head, `[V, C]`, is a parameter's gradient and not counted here.
 */
export function trainingFloats(
  config: GPTConfig,
  { batchSize, seqLen, recompute = false }: TrainingShape,
): TrainingFloats {
  const { nLayer, nHead, nEmbd: c, nVocab, dHead, nInner } = config;
  const a = nHead * dHead;
  const tokens = batchSize * seqLen;
  const layer = 4 * c + 4 * a + 2 * nInner + nHead + 4;
  const working = 3 * tokens * Math.max(c, 3 * a, nInner) + Math.min(tokens, LOSS_CHUNK) * nVocab;
  return {
    kept: tokens * (nLayer * (recompute ? c : layer) + 3 * c + 2),
    working: working + (recompute ? tokens * (layer - c) : 0),
  };
}
