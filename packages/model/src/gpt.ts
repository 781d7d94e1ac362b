/**
 * The model, top to bottom: a GPT-2 decoder.
 *
 *     x = wte[ids] + wpe[0..T)
 *     for each block:  x = x + attention(ln_1(x));  x = x + mlp(ln_2(x))
 *     logits = ln_f(x) wteᵀ
 *
 * Comments give shapes: B batch, T positions, C = nEmbd, A = nHead * dHead, V = nVocab.
 *
 * @see GPT-2 section 2.3, GPT-1 section 3.1; `model` in openai/gpt-2 `src/model.py`; nanoGPT `model.py`.
 */
import { InvalidArgumentError, type PlainTensor } from '@gpt-ts/core';
import {
  add,
  type CrossEntropy,
  causalAttention,
  dispose,
  embedding,
  idTensor,
  type LinearOptions,
  languageModelLoss,
  layerNorm,
  linear,
  matMul,
  type Parameter,
  parameter,
  reshape,
  sizeOf,
  type Tensor,
  tidy,
} from '@gpt-ts/kernels';
import { ContextOverflowError } from './errors/context-overflow-error.js';
import { type GPTConfig, type GPTConfigInput, gptConfig } from './gpt-config.js';
import { initialParameters, parameterShapes } from './parameters.js';

/** Token rows to learn from: position t of `inputs` is to predict position t of `targets`. */
export interface TokenBatch {
  /** Ids, `[batchSize, T]` row-major. */
  inputs: Int32Array;
  /** Ids, or -1 where the prediction does not count; same shape. */
  targets: Int32Array;
  /** Number of rows. */
  batchSize: number;
}

/** A GPT-2 on the current backend. Dispose it to free its parameters. */
export class GPT implements Disposable {
  readonly config: GPTConfig;
  /** The learned tensors by checkpoint name, in checkpoint order. */
  readonly parameters: ReadonlyMap<string, Parameter>;

  /**
   * @param values - One array a parameter; see `parameterShapes` for names and sizes. Copied.
   * @throws InvalidConfigError when the sizes make no model.
   * @throws InvalidArgumentError when a parameter is missing or has the wrong size.
   */
  constructor(config: GPTConfigInput, values: ReadonlyMap<string, ArrayLike<number>>) {
    this.config = gptConfig(config);
    const shapes = parameterShapes(this.config);
    for (const [name, shape] of shapes) {
      const received = values.get(name)?.length; // all are checked before the first tensor is made
      if (received !== sizeOf(shape)) {
        throw new InvalidArgumentError({
          argument: name,
          expected: `${sizeOf(shape)} values`,
          received: received && `${received} values`,
        });
      }
    }
    this.parameters = new Map(
      [...shapes].map(([name, shape]) => [name, parameter(Float32Array.from(values.get(name)!), shape)]),
    );
  }

  /**
   * A new model with random weights.
   *
   * @param seed - The same seed gives the same weights. Default 0.
   * @example
   * using model = GPT.random({ nLayer: 2, nHead: 2, nEmbd: 8, nCtx: 4, nVocab: 10 }, 42);
   */
  static random(config: GPTConfigInput, seed = 0): GPT {
    return new GPT(config, initialParameters(gptConfig(config), seed));
  }

  /**
   * Scores of every possible next token, after every position.
   *
   * @param ids - `[batchSize, T]` row-major, with T <= nCtx.
   * @returns `[batchSize, T, nVocab]`, unnormalised. The caller disposes it.
   * @throws ContextOverflowError when T > nCtx.
   * @throws TokenRangeError naming the first id outside the vocabulary.
   */
  logits(ids: Int32Array, batchSize = 1): Tensor {
    return tidy(() => this.head(this.hidden(ids, batchSize)));
  }

  /** Like {@link logits}, only after the last position: `[batchSize, nVocab]`. */
  lastLogits(ids: Int32Array, batchSize = 1): Tensor {
    return tidy(() => {
      const t = ids.length / batchSize;
      const x = reshape(this.hidden(ids, batchSize), [ids.length, this.config.nEmbd]); // [B * T, C]
      const last = Int32Array.from({ length: batchSize }, (_, b) => b * t + t - 1);
      return this.head(embedding(x, idTensor(last, [batchSize]))); // [B, V]
    });
  }

  /**
   * How badly the model predicts a batch: L1 of GPT-1 section 3.1, as a mean in nats.
   *
   * @returns `loss` (differentiable with `valueAndGrads`) and `nll` of each position. The caller disposes both.
   */
  loss({ inputs, targets, batchSize }: TokenBatch): CrossEntropy {
    return tidy(() => {
      const x = this.norm('ln_f', this.hidden(inputs, batchSize)); // [B, T, C]
      return { ...languageModelLoss(x, this.get('wte.weight'), idTensor(targets, x.shape.slice(0, -1))) };
    });
  }

  /** The residual stream after the last block, before `ln_f`: `[B, T, C]`. */
  hidden(ids: Int32Array, batchSize: number): Tensor {
    let x = this.embed(ids, batchSize);
    for (let i = 0; i < this.config.nLayer; i++) x = this.block(i, x);
    return x;
  }

  /** Token plus position. */
  embed(ids: Int32Array, batchSize: number): Tensor {
    const t = ids.length / batchSize;
    if (!Number.isInteger(t) || t < 1) {
      throw new InvalidArgumentError({
        argument: 'ids',
        expected: `${batchSize} rows of one or more ids`,
        received: `${ids.length} ids`,
      });
    }
    if (t > this.config.nCtx) throw new ContextOverflowError({ tokens: t, nCtx: this.config.nCtx });
    const positions = Int32Array.from(ids, (_, i) => i % t);
    const tokens = embedding(this.get('wte.weight'), idTensor(ids, [batchSize, t])); // [B, T, C]
    return add(tokens, embedding(this.get('wpe.weight'), idTensor(positions, [batchSize, t])));
  }

  /** Block `i`: positions exchange information, then each is worked on alone. Norms come first (pre-norm). */
  block(i: number, x: Tensor): Tensor {
    const mixed = this.attention(`h.${i}.attn`, this.norm(`h.${i}.ln_1`, x), x); // x + attention(ln_1(x))
    return this.mlp(`h.${i}.mlp`, this.norm(`h.${i}.ln_2`, mixed), mixed); // mixed + mlp(ln_2(mixed))
  }

  /** Logits of the residual stream, through the tied head. */
  head(x: Tensor): Tensor {
    return matMul(this.norm('ln_f', x), this.get('wte.weight'), { transposeB: true }); // [.., V]
  }

  private attention(name: string, x: Tensor, residual: Tensor): Tensor {
    const qkv = this.linear(`${name}.c_attn`, x); // [B, T, 3A]
    const out = causalAttention(qkv, this.config.nHead); // [B, T, A]
    return this.linear(`${name}.c_proj`, out, { residual }); // [B, T, C]
  }

  private mlp(name: string, x: Tensor, residual: Tensor): Tensor {
    const hidden = this.linear(`${name}.c_fc`, x, { activation: 'gelu' }); // [B, T, nInner]
    return this.linear(`${name}.c_proj`, hidden, { residual }); // [B, T, C]
  }

  private norm(name: string, x: Tensor): Tensor {
    const eps = this.config.layerNormEps;
    return layerNorm(x, this.get(`${name}.weight`), this.get(`${name}.bias`), { eps });
  }

  private linear(name: string, x: Tensor, options?: LinearOptions): Tensor {
    return linear(x, this.get(`${name}.weight`), this.get(`${name}.bias`), options);
  }

  private get(name: string): Parameter {
    return this.parameters.get(name)!;
  }

  /** Copies of all parameters, off the backend. */
  async values(): Promise<Map<string, PlainTensor>> {
    const values = new Map<string, PlainTensor>();
    for (const [name, tensor] of this.parameters) {
      values.set(name, { shape: tensor.shape, data: (await tensor.data()) as Float32Array });
    }
    return values;
  }

  [Symbol.dispose](): void {
    dispose(this.parameters.values());
  }
}
