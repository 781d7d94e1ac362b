/**
 * The kernels a backend provides, as one table of types.
 *
 * An op is what a model calls; a kernel is the machine work behind it, forward or backward. A backend implements
 * {@link KernelTable} over its own idea of a tensor (plain arrays for the reference, addresses for WebAssembly)
 * and hands it to `registerKernels`. Leaving one out is a type error.
 *
 * Shapes: `B` batch, `T` positions, `C` width, `V` vocabulary, `A = nHead * dHead`, `..` any leading dimensions.
 */
import type { AdamWAttrs } from './adam-w/adam-w.js';

/** Attributes of a matrix product. */
export interface MatMulAttrs {
  transposeA: boolean;
  transposeB: boolean;
}

/** Inputs, attributes and outputs of every kernel. */
export interface KernelSignatures {
  /** `a [M, K]`, `b [K, N]` (either stored transposed) -> `[M, N]`. */
  GptMatMul: { inputs: 'a' | 'b'; attrs: MatMulAttrs };
  /** `x [.., K]`, `weight [K, N]`, `bias [N]` -> `x weight + bias`, `[.., N]`. */
  GptLinear: { inputs: 'x' | 'weight' | 'bias'; attrs: object };
  /** `x [.., N]` -> the sum over all leading dimensions, `[N]`. */
  GptColumnSum: { inputs: 'x'; attrs: object };
  /** `x [.., C]`, `gain [C]`, `bias [C]` -> `y [.., C]`, `mean [..]`, `rstd [..]`. */
  GptLayerNorm: { inputs: 'x' | 'gain' | 'bias'; attrs: { eps: number } };
  /** `dy`, `x`, `gain`, `mean`, `rstd` -> `dx [.., C]`, `dGain [C]`, `dBias [C]`. */
  GptLayerNormGrad: { inputs: 'dy' | 'x' | 'gain' | 'mean' | 'rstd'; attrs: object };
  /** `x` -> GELU of each element, same shape. */
  GptGelu: { inputs: 'x'; attrs: object };
  /** `dy`, `x` -> `dx`. */
  GptGeluGrad: { inputs: 'dy' | 'x'; attrs: object };
  /** `qkv [B, T, 3A]` -> `out [B, T, A]`, `logSumExp [B, nHead, T]`. */
  GptCausalAttention: { inputs: 'qkv'; attrs: { nHead: number } };
  /** `dOut [B, T, A]`, `qkv`, `logSumExp` -> `dQkv [B, T, 3A]`. */
  GptCausalAttentionGrad: { inputs: 'dOut' | 'qkv' | 'logSumExp'; attrs: { nHead: number } };
  /** `table [V, C]`, `ids [..]` -> `[.., C]`. Throws TokenRangeError on an id outside the table. */
  GptEmbedding: { inputs: 'table' | 'ids'; attrs: object };
  /** `dy [.., C]`, `ids [..]` -> `dTable [V, C]`: rows of `dy` added up by id. */
  GptEmbeddingGrad: { inputs: 'dy' | 'ids'; attrs: { nVocab: number } };
  /** `logits [.., V]`, `targets [..]` -> `loss []`, `nll [..]`, `logSumExp [..]`. */
  GptCrossEntropy: { inputs: 'logits' | 'targets'; attrs: object };
  /** `dLoss []`, `logits`, `targets`, `logSumExp` -> `dLogits [.., V]`. */
  GptCrossEntropyGrad: { inputs: 'dLoss' | 'logits' | 'targets' | 'logSumExp'; attrs: object };
  /** `a`, `b` of one shape -> `a + b`. */
  GptAdd: { inputs: 'a' | 'b'; attrs: object };
  /** `param`, `grad`, `m`, `v` -> the new `param`, `m`, `v`; a backend may return its inputs, updated in place. */
  GptAdamW: { inputs: 'param' | 'grad' | 'm' | 'v'; attrs: AdamWAttrs };
  /** `x` -> the sum of its squares, `[]`. */
  GptSumOfSquares: { inputs: 'x'; attrs: object };
}

/** Name of a kernel. */
export type KernelName = keyof KernelSignatures;

/** One kernel over a backend's tensors `T`. */
export type Kernel<K extends KernelName, T> = (
  inputs: Record<KernelSignatures[K]['inputs'], T>,
  attrs: KernelSignatures[K]['attrs'],
) => T[];

/** Every kernel over a backend's tensors `T`. */
export type KernelTable<T> = { readonly [K in KernelName]: Kernel<K, T> };
