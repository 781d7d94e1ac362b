/**
 * The model, top to bottom: a decoder in the forms of all three papers.
 *
 *     x = wte[ids] + wpe[0..T)
 *     for each block:  x = x + attention(ln_1(x));  x = x + mlp(ln_2(x))      pre-norm: GPT-2, GPT-3
 *                      x = ln_1(x + attention(x));  x = ln_2(x + mlp(x))      post-norm: GPT-1
 *     logits = ln_f(x) wteᵀ                                                   post-norm has no ln_f
 *
 * Comments give shapes: B batch, T positions, C = nEmbd, A = nHead * dHead, V = nVocab.
 *
 * @see GPT-1 sections 3.1 and 4.1; GPT-2 section 2.3; GPT-3 section 2.1; `model` in openai/gpt-2 `src/model.py` and in
 * openai/finetune-transformer-lm `train.py`.
 */
import { assertTokens, ContextOverflowError, InvalidArgumentError, type PlainTensor } from '@gpt-ts/core';
import {
  add,
  type CrossEntropy,
  cachedAttention,
  causalAttention,
  dispose,
  dropout,
  embedding,
  idTensor,
  type LinearOptions,
  languageModelLoss,
  layerNorm,
  linear,
  matMul,
  type Parameter,
  parameter,
  recomputed,
  reshape,
  sizeOf,
  type Tensor,
  tensor,
  tidy,
} from '@gpt-ts/kernels';
import { type BlockNames, blockNames, type Layer } from './block-names.js';
import { type GPTConfig, type GPTConfigInput, gptConfig } from './gpt-config.js';
import type { KVCache } from './kv-cache.js';
import { initialParameters, parameterShapes } from './parameters.js';

/** Token rows to learn from: position t of `inputs` is to predict position t of `targets`. */
export interface TokenBatch {
  /** Ids, `[batchSize, T]` row-major. */
  inputs: Int32Array;
  /** Ids, or -1 where the prediction does not count; same shape. */
  targets: Int32Array;
  /** Number of rows. */
  batchSize: number;
  /** What each prediction counts; same shape. The loss is then their weighted sum. Default: the mean of all that count. */
  weights?: Float32Array;
}

/** What a run through the model takes along besides tokens. */
export interface Pass {
  /** Training: drop at the rates of the config, by masks that follow from seed, step and place alone. */
  dropout?: { seed: number; step: number };
  /** Decoding: keys and values of the positions before. Those of this run are added. */
  cache?: KVCache;
  /**
   * Training: blocks keep only their inputs and are run again on the way back. Takes up to a third more time and a fraction of
   * the memory (see `trainingFloats`); loss and gradients have the same bits. Default false.
   */
  recompute?: boolean;
  /** How many ids of each row are text; what follows is padding, which no text sees and which may lie beyond all room. Default: all. */
  lengths?: readonly number[];
}

/** A GPT on the current backend. Dispose it to free its parameters. */
export class GPT implements Disposable {
  readonly config: GPTConfig;
  /** The learned tensors by checkpoint name, in checkpoint order. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  private readonly names: readonly BlockNames[]; // a name that is put together anew for each token would have to be hashed anew
  private readonly layers: ReadonlyMap<string, Layer>;

  private constructor(config: GPTConfig, parameters: ReadonlyMap<string, Parameter>) {
    this.config = config;
    this.parameters = parameters;
    this.names = Array.from({ length: config.nLayer }, (_, i) => blockNames(i));
    const final = config.norm === 'pre' ? ['ln_f'] : [];
    const all = [...final, ...this.names.flatMap((names) => Object.values(names))];
    this.layers = new Map(
      all.map((name) => [name, { weight: this.get(`${name}.weight`), bias: this.get(`${name}.bias`) }]),
    );
  }

  /**
   * A model with the given weights.
   *
   * @param values - One array a parameter; see `parameterShapes` for names and sizes. Copied.
   * @throws InvalidConfigError when the sizes make no model.
   * @throws InvalidArgumentError when a parameter is missing or has the wrong size.
   */
  static fromValues(input: GPTConfigInput, values: ReadonlyMap<string, ArrayLike<number>>): GPT {
    const config = gptConfig(input);
    const shapes = parameterShapes(config);
    for (const [name, shape] of shapes) assertSize(name, shape, values.get(name)?.length); // before the first tensor is made
    const make = ([name, shape]: [string, number[]]) =>
      [name, parameter(Float32Array.from(values.get(name)!), shape)] as const;
    return new GPT(config, new Map([...shapes].map(make)));
  }

  /**
   * A model of parameters that exist already. It owns them from here on.
   *
   * @throws InvalidArgumentError when a parameter is missing or has the wrong size.
   */
  static fromParameters(input: GPTConfigInput, parameters: ReadonlyMap<string, Parameter>): GPT {
    const config = gptConfig(input);
    for (const [name, shape] of parameterShapes(config)) assertSize(name, shape, parameters.get(name)?.size);
    return new GPT(config, parameters);
  }

  /**
   * A new model with random weights.
   *
   * @param seed - The same seed gives the same weights. Default 0.
   * @example
   * using model = GPT.random({ nLayer: 2, nHead: 2, nEmbd: 8, nCtx: 4, nVocab: 10 }, 42);
   */
  static random(config: GPTConfigInput, seed = 0): GPT {
    return GPT.fromValues(config, initialParameters(gptConfig(config), seed));
  }

  /**
   * Scores of every possible next token, after every position.
   *
   * @param ids - `[batchSize, T]` row-major, with T <= nCtx.
   * @returns `[batchSize, T, nVocab]`, unnormalised; with a `joint` head, `nCtx` scores of positions follow. The caller
   * disposes it.
   * @throws ContextOverflowError when T > nCtx.
   * @throws TokenRangeError naming the first id outside the vocabulary.
   */
  logits(ids: Int32Array, batchSize = 1): Tensor {
    return tidy(() => {
      return matMul(this.hidden(ids, batchSize), this.head(), { transposeB: true }); // [B, T, V]
    });
  }

  /**
   * Scores of every possible next token after the last id of each row.
   *
   * @param rows - One or more ids each; they may differ in length.
   * @param cache - What each row holds already; the ids follow it, and are added to it.
   * @returns `[rows, nVocab]`. The caller disposes it.
   * @throws ContextOverflowError when a row would outgrow `nCtx` or the cache.
   * @throws TokenRangeError naming the first id outside the vocabulary.
   */
  nextLogits(rows: readonly ArrayLike<number>[], cache?: KVCache): Tensor {
    const b = rows.length;
    if (b === 0 || rows.some((row) => row.length === 0)) {
      throw new InvalidArgumentError({
        argument: 'rows',
        expected: 'one or more ids in each',
        received: rows,
      });
    }
    for (const row of rows) assertTokens(row, this.config.nVocab);
    const t = Math.max(...rows.map((row) => row.length));
    const ids = new Int32Array(b * t); // shorter rows end in id 0, which nothing before it sees
    for (let r = 0; r < b; r++) ids.set(Array.from(rows[r]), r * t);
    return tidy(() => {
      const lengths = rows.map((row) => row.length);
      const x = reshape(this.hidden(ids, b, { cache, lengths }), [b * t, this.config.nEmbd]); // [B * T, C]
      cache?.extend(lengths);
      const last = () => Int32Array.from(rows, (row, r) => r * t + row.length - 1);
      const ends = t === 1 ? x : embedding(x, idTensor(last(), [b])); // [B, C]
      return matMul(ends, this.tokenHead(), { transposeB: true }); // [B, V]
    });
  }

  /**
   * How badly the model predicts a batch: L1 of GPT-1 section 3.1, as a mean in nats.
   *
   * @returns `loss` (differentiable with `valueAndGrads`) and `nll` of each position. The caller disposes both.
   */
  loss(batch: TokenBatch, pass: Pass = {}): CrossEntropy {
    return tidy(() => ({ ...this.lossOf(this.hidden(batch.inputs, batch.batchSize, pass), batch) }));
  }

  /** The loss of hidden states `[B, T, C]`. */
  lossOf(hidden: Tensor, { targets, weights }: Pick<TokenBatch, 'targets' | 'weights'>): CrossEntropy {
    const shape = hidden.shape.slice(0, -1);
    return languageModelLoss(
      hidden,
      this.head(),
      idTensor(targets, shape),
      weights && tensor(weights, shape),
    );
  }

  /** What the head reads, `[B, T, C]`: the stream after the last block and its norm. */
  hidden(ids: Int32Array, batchSize: number, pass: Pass = {}): Tensor {
    let x = this.embed(ids, batchSize, pass);
    for (let i = 0; i < this.config.nLayer; i++) {
      const block = (input: Tensor) => this.block(i, input, pass);
      x = pass.recompute ? recomputed(block, x) : block(x);
    }
    return this.config.norm === 'pre' ? this.norm('ln_f', x) : x;
  }

  /** Token plus position: `[B, T, C]`. */
  embed(ids: Int32Array, batchSize: number, { cache, lengths, dropout: masks }: Pass = {}): Tensor {
    const { nVocab, nCtx, head, embdPdrop } = this.config;
    const t = ids.length / batchSize;
    if (!Number.isInteger(t) || t < 1) {
      const expected = `${batchSize} rows of one or more ids`;
      throw new InvalidArgumentError({ argument: 'ids', expected, received: `${ids.length} ids` });
    }
    const starts = cache?.lengths ?? Array<number>(batchSize).fill(0);
    const end = Math.max(...starts.map((start, row) => start + (lengths?.[row] ?? t)));
    const room = cache?.positions ?? nCtx;
    if (end > room) throw new ContextOverflowError({ tokens: end, nCtx: room });
    const places = [batchSize, t];
    const last = nCtx - 1; // padding has no position of its own beyond it
    const positions = ids.map((_, i) => Math.min(starts[Math.floor(i / t)] + (i % t), last));
    if (head === 'joint') assertTokens(ids, nVocab); // its rows go on after the last token
    const [tokenTable, positionTable, first] =
      head === 'joint'
        ? [this.get('we.weight'), this.get('we.weight'), nVocab]
        : [this.get('wte.weight'), this.get('wpe.weight'), 0];
    const tokens = embedding(tokenTable, idTensor(ids, places)); // [B, T, C]
    const x = add(
      tokens,
      embedding(
        positionTable,
        idTensor(
          positions.map((at) => first + at),
          places,
        ),
      ),
    );
    return masks && embdPdrop > 0 ? dropout(x, embdPdrop, { ...masks, name: 'embd' }) : x;
  }

  /** Block `i`: positions exchange information, then each is worked on alone. */
  block(i: number, x: Tensor, pass: Pass = {}): Tensor {
    const { ln_1, ln_2 } = this.names[i];
    if (this.config.norm === 'pre') {
      const mixed = this.attention(i, this.norm(ln_1, x), x, pass); // x + attention(ln_1(x))
      return this.mlp(i, this.norm(ln_2, mixed), mixed, pass); // mixed + mlp(ln_2(mixed))
    }
    const mixed = this.norm(ln_1, this.attention(i, x, x, pass)); // ln_1(x + attention(x))
    return this.norm(ln_2, this.mlp(i, mixed, mixed, pass)); // ln_2(mixed + mlp(mixed))
  }

  /** `residual` plus what each position gathers from those before it. */
  private attention(i: number, x: Tensor, residual: Tensor, { cache, dropout: masks }: Pass): Tensor {
    const { nHead, attention, scoreScale: scale, attnPdrop: rate } = this.config;
    const { c_attn, c_proj } = this.names[i];
    const pattern = attention[i % attention.length];
    const qkv = this.linear(c_attn, x); // [B, T, 3A]
    const [, t] = qkv.shape;
    const drop = masks && { rate, source: { ...masks, name: `h.${i}.attn` } };
    const out = cache
      ? cache.lend(i, t, (layer) => cachedAttention(qkv, layer, cache.lengths, nHead, { pattern, scale }))
      : causalAttention(qkv, nHead, { pattern, scale, dropout: drop }); // [B, T, A]
    return this.project(c_proj, out, residual, masks); // [B, T, C]
  }

  /** `residual` plus a layer of `nInner` neurons. */
  private mlp(i: number, x: Tensor, residual: Tensor, { dropout: masks }: Pass): Tensor {
    const { activation } = this.config;
    const { mlp_c_fc, mlp_c_proj } = this.names[i];
    const hidden = this.linear(mlp_c_fc, x, { activation }); // [B, T, nInner]
    return this.project(mlp_c_proj, hidden, residual, masks); // [B, T, C]
  }

  /** `residual + x W + b`, of which training drops a part. */
  private project(name: string, x: Tensor, residual: Tensor, masks: Pass['dropout']): Tensor {
    const rate = this.config.residPdrop;
    if (!masks || rate === 0) return this.linear(name, x, { residual });
    return add(residual, dropout(this.linear(name, x), rate, { ...masks, name }));
  }

  private norm(name: string, x: Tensor): Tensor {
    const { weight, bias } = this.layers.get(name)!;
    return layerNorm(x, weight, bias, { eps: this.config.layerNormEps });
  }

  private linear(name: string, x: Tensor, options?: LinearOptions): Tensor {
    const { weight, bias } = this.layers.get(name)!;
    return linear(x, weight, bias, options);
  }

  /** The rows that hidden states are multiplied with: `[V, C]`, with a joint head `[V + nCtx, C]`. */
  private head(): Tensor {
    return this.get({ tied: 'wte.weight', untied: 'lm_head.weight', joint: 'we.weight' }[this.config.head]);
  }

  /** What hidden states are multiplied with to score tokens: `[V, C]`. Inside `tidy`, for a joint head it is a copy. */
  tokenHead(): Tensor {
    const { head, nVocab } = this.config;
    if (head !== 'joint') return this.head();
    return embedding(
      this.head(),
      idTensor(
        Int32Array.from({ length: nVocab }, (_, id) => id),
        [nVocab],
      ),
    );
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

function assertSize(name: string, shape: readonly number[], received: number | undefined): void {
  if (received === sizeOf(shape)) return;
  throw new InvalidArgumentError({
    argument: name,
    expected: `${sizeOf(shape)} values`,
    received: received && `${received} values`,
  });
}
