/**
 * The kernels a backend provides, as one table of types.
 *
 * An op is what a model calls; a kernel is the machine work behind it, forward or backward. A backend implements
 * {@link KernelTable} over its own idea of a tensor (plain arrays for the reference, addresses for WebAssembly)
 * and hands it to `registerKernels`. Leaving one out is a type error.
 *
 * Shapes: `B` batch, `T` positions, `C` width, `V` vocabulary, `A = nHead * dHead`, `..` any leading dimensions.
 */
import type { AdamAttrs } from './adam/adam.js';
import type { AttentionPattern } from './causal-attention/attention-pattern.js';
import type { DropoutAttrs } from './dropout/dropout-attrs.js';
import type { GeluForm } from './gelu/gelu.js';
import type { Activation } from './linear/activation.js';

/** Attributes of a matrix product. */
export interface MatMulAttrs {
  transposeA: boolean;
  transposeB: boolean;
}

/** Attributes of attention. */
export interface AttentionAttrs {
  nHead: number;
  pattern: AttentionPattern;
  /** What scores are multiplied by. */
  scale: number;
  /** Dropout of the probabilities, as of one tensor `[B, nHead, T, T]`; none when left out. */
  dropout?: DropoutAttrs;
}

/** Attributes of attention over a cache, which is never learned from and so has no dropout. */
export interface CachedAttentionAttrs extends Omit<AttentionAttrs, 'dropout'> {
  /** How many positions each row holds already. */
  starts: readonly number[];
}

/**
 * Inputs, attributes and outputs of every kernel. Inputs named under `optional` may be left out.
 *
 * "In place" means that a backend may write the result over that input and return it, unless others refer to its data.
 */
export interface KernelSignatures {
  /** Nothing -> zeros of a shape. */
  GptMake: { inputs: never; attrs: { shape: readonly number[] } };
  /** `x` in place -> `x` with `values` from element `offset` on, counted row by row; they fit. */
  GptWrite: { inputs: 'x'; attrs: { offset: number; values: Float32Array } };
  /** `a [M, K]`, `b [K, N]` (either stored transposed) -> `[M, N]`. */
  GptMatMul: { inputs: 'a' | 'b'; attrs: MatMulAttrs };
  /**
   * `x [.., K]`, `weight [K, N]`, `bias [N]`, `residual [.., N]` -> `[.., N]`: `x weight + bias`, its GELU if asked for,
   * plus the residual. With `keepSlope` and an activation, also its derivative there, `[.., N]`.
   */
  GptLinear: {
    inputs: 'x' | 'weight' | 'bias';
    optional: 'residual';
    attrs: { activation: Activation; keepSlope: boolean };
  };
  /** `x [.., N]` -> the sum over all leading dimensions, `[N]`. */
  GptColumnSum: { inputs: 'x'; attrs: object };
  /**
   * `x [.., C]`, `gain [C]`, `bias [C]`, `residual [.., C]` -> `y [.., C]` of `x + residual`; with `statistics` also
   * `mean [..]`, `rstd [..]` and, with a residual, `x + residual`.
   */
  GptLayerNorm: {
    inputs: 'x' | 'gain' | 'bias';
    optional: 'residual';
    attrs: { eps: number; statistics: boolean };
  };
  /** `dy`, `x` (what was normalised), `gain`, `mean`, `rstd` -> `dx [.., C]`, `dGain [C]`, `dBias [C]`. */
  GptLayerNormGrad: { inputs: 'dy' | 'x' | 'gain' | 'mean' | 'rstd'; attrs: object };
  /** `x` -> GELU of each element, same shape. */
  GptGelu: { inputs: 'x'; attrs: { form: GeluForm } };
  /** `dy`, `x` -> `dx`. */
  GptGeluGrad: { inputs: 'dy' | 'x'; attrs: { form: GeluForm } };
  /** `qkv [B, T, 3A]` -> `out [B, T, A]`, `logSumExp [B, nHead, T]`. */
  GptCausalAttention: { inputs: 'qkv'; attrs: AttentionAttrs };
  /** `dOut [B, T, A]`, and `out`, `logSumExp` as they follow from `qkv` -> `dQkv [B, T, 3A]`. */
  GptCausalAttentionGrad: { inputs: 'dOut' | 'qkv' | 'out' | 'logSumExp'; attrs: AttentionAttrs };
  /** `qkv [B, N, 3A]` of new positions, `cache [B, nCtx, 2A]` in place -> `out [B, N, A]`, `cache`; row b begins at `starts[b]`. */
  GptCachedAttention: { inputs: 'qkv' | 'cache'; attrs: CachedAttentionAttrs };
  /** `table [V, C]`, `ids [..]` -> `[.., C]`. Throws TokenRangeError on an id outside the table. */
  GptEmbedding: { inputs: 'table' | 'ids'; attrs: object };
  /** `dy [.., C]`, `ids [..]`, `sum [V, C]` in place -> `dTable [V, C]`: rows of `dy` added up by id, plus `sum`. */
  GptEmbeddingGrad: { inputs: 'dy' | 'ids'; optional: 'sum'; attrs: { nVocab: number } };
  /**
   * `logits [.., V]`, `targets [..]`, `weights [..]` -> `loss []`, `nll [..]`, `logSumExp [..]`, and the weights again where
   * there are any, for the way back. The loss is the mean of `nll`, or with weights the sum of `weights nll`.
   */
  GptCrossEntropy: { inputs: 'logits' | 'targets'; optional: 'weights'; attrs: object };
  /** `dLoss []`, `targets`, `weights`, and `logSumExp` as it follows from `logits` -> `dLogits [.., V]`. */
  GptCrossEntropyGrad: {
    inputs: 'dLoss' | 'logits' | 'targets' | 'logSumExp';
    optional: 'weights';
    attrs: object;
  };
  /**
   * `x [.., C]`, `head [V, C]`, `targets [..]`, `weights [..]` -> `loss []`, `nll [..]` of the logits `x headᵀ`, as of
   * GptCrossEntropy; with `grads` also `dx [.., C]` and `dHead [V, C]`.
   */
  GptLanguageModelLoss: {
    inputs: 'x' | 'head' | 'targets';
    optional: 'weights';
    attrs: { grads: boolean };
  };
  /** `x` in place, `factor []` -> `x factor`. */
  GptScale: { inputs: 'x' | 'factor'; attrs: object };
  /** `x` -> some elements 0, the others scaled up; same shape. */
  GptDropout: { inputs: 'x'; attrs: DropoutAttrs };
  /** `a`, `b` of one shape -> `a b`, element by element. */
  GptMultiply: { inputs: 'a' | 'b'; attrs: object };
  /** `a`, `b` of one shape -> `a + b`. */
  GptAdd: { inputs: 'a' | 'b'; attrs: object };
  /** `param`, `m`, `v` in place, `grad` -> the new `param`, `m`, `v`. */
  GptAdam: { inputs: 'param' | 'grad' | 'm' | 'v'; attrs: AdamAttrs };
  /** `target` in place, `source` of its shape -> `target + share (source - target)`. */
  GptBlend: { inputs: 'target' | 'source'; attrs: { share: number } };
  /** `x` -> the sum of its squares, `[]`. */
  GptSumOfSquares: { inputs: 'x'; attrs: object };
}

/** Name of a kernel. */
export type KernelName = keyof KernelSignatures;

/** A kernel's inputs as tensors `T`. */
export type KernelInputs<K extends KernelName, T> = Record<KernelSignatures[K]['inputs'], T> &
  (KernelSignatures[K] extends { optional: infer O extends string }
    ? { [input in O]?: T | undefined }
    : unknown);

/** One kernel over a backend's tensors `T`. */
export type Kernel<K extends KernelName, T> = (
  inputs: KernelInputs<K, T>,
  attrs: KernelSignatures[K]['attrs'],
) => T[];

/** Every kernel over a backend's tensors `T`. */
export type KernelTable<T> = { readonly [K in KernelName]: Kernel<K, T> };
