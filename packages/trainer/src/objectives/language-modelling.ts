/** L1: predict the next token, everywhere. GPT-1 section 3.1; all of GPT-2's and GPT-3's training. */
import type { Storage } from '@gpt-ts/core';
import { dispose, emptyParameter, type Parameter, type Tensor } from '@gpt-ts/kernels';
import { GPT, type GPTConfig, type Pass, parameterShapes, saveModel, type TokenBatch } from '@gpt-ts/model';
import type { BatchSize, Evaluation, Objective } from './objective.js';

/** L1 over a GPT: the mean loss of a token, in nats. */
export class LanguageModelling implements Objective<TokenBatch> {
  static readonly kind = 'language-modelling';
  readonly kind = 'language-modelling';
  readonly gpt: GPT;
  readonly parts: readonly string[] = [];

  /** @param gpt - Belongs to the objective from here on. */
  constructor(gpt: GPT) {
    this.gpt = gpt;
  }

  static restore(config: GPTConfig): LanguageModelling {
    const shapes = [...parameterShapes(config)];
    const parameters = new Map(shapes.map(([name, shape]) => [name, emptyParameter(shape)]));
    return new LanguageModelling(GPT.fromParameters(config, parameters));
  }

  get parameters(): ReadonlyMap<string, Parameter> {
    return this.gpt.parameters;
  }

  get uniformLoss(): number {
    return Math.log(this.gpt.config.nVocab);
  }

  sizeOf({ inputs, batchSize }: TokenBatch): BatchSize {
    return { sequences: batchSize, rows: batchSize, seqLen: inputs.length / batchSize };
  }

  split(batch: TokenBatch, size: number): TokenBatch[] {
    const { seqLen } = this.sizeOf(batch);
    const pieces: TokenBatch[] = [];
    for (let first = 0; first < batch.batchSize; first += size) {
      const batchSize = Math.min(size, batch.batchSize - first);
      const cut = <T extends Int32Array | Float32Array>(values: T) =>
        values.subarray(first * seqLen, (first + batchSize) * seqLen) as T;
      const weights = batch.weights && cut(batch.weights);
      pieces.push({ inputs: cut(batch.inputs), targets: cut(batch.targets), batchSize, weights });
    }
    return pieces;
  }

  losses(batch: TokenBatch, whole: TokenBatch, pass: Pass): Tensor[] {
    if (batch === whole || batch.weights) return [this.gpt.loss(batch, pass).loss];
    const weights = new Float32Array(batch.inputs.length).fill(1 / countTargets(whole));
    return [this.gpt.loss({ ...batch, weights }, pass).loss];
  }

  async evaluate(batches: Iterable<TokenBatch>, signal?: AbortSignal): Promise<Evaluation> {
    let nats = 0; // in double precision; every counted token weighs the same
    let count = 0;
    for (const batch of batches) {
      signal?.throwIfAborted();
      const { loss, nll } = this.gpt.loss(batch);
      try {
        for (const value of await nll.data()) nats += value;
      } finally {
        dispose([loss, nll]);
      }
      count += countTargets(batch);
    }
    return { loss: nats / count, count };
  }

  over(parameters: ReadonlyMap<string, Parameter>): LanguageModelling {
    return new LanguageModelling(GPT.fromParameters(this.gpt.config, parameters));
  }

  async save(storage: Storage): Promise<void> {
    await saveModel(this.gpt, storage);
  }

  settings(): Record<string, unknown> {
    return {};
  }

  [Symbol.dispose](): void {
    this.gpt[Symbol.dispose]();
  }
}

function countTargets({ targets }: TokenBatch): number {
  let count = 0;
  for (const target of targets) if (target >= 0) count++;
  return count;
}
