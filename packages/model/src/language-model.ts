/** A GPT as the {@link LanguageModel} that tasks evaluate. */
import {
  assertTokens,
  type ContinuationRequest,
  type ContinuationScore,
  type GenerateRequest,
  InvalidArgumentError,
  type LanguageModel,
  rollingWindows,
} from '@gpt-ts/core';
import { dispose } from '@gpt-ts/kernels';
import { ContextOverflowError } from './errors/context-overflow-error.js';
import { generate } from './generate.js';
import type { GPT } from './gpt.js';
import { argmax } from './sample.js';

/**
 * Wraps a model for evaluation. The model stays the caller's to dispose.
 *
 * @example
 * const [score] = await languageModel(gpt).logLikelihood([{ context: [1], continuation: [2, 3] }]);
 */
export function languageModel(model: GPT): LanguageModel {
  return new GPTLanguageModel(model);
}

class GPTLanguageModel implements LanguageModel {
  readonly #model: GPT;

  constructor(model: GPT) {
    this.#model = model;
  }

  get nCtx(): number {
    return this.#model.config.nCtx;
  }

  get nVocab(): number {
    return this.#model.config.nVocab;
  }

  async logLikelihood(requests: readonly ContinuationRequest[]): Promise<ContinuationScore[]> {
    const scores: ContinuationScore[] = [];
    for (const { context, continuation } of requests) {
      const scored = continuation.length;
      if (context.length === 0 || scored === 0) {
        throw new InvalidArgumentError({
          argument: 'request',
          expected: 'a context and a continuation of one or more ids',
          received: { context, continuation },
        });
      }
      assertTokens(context, this.nVocab);
      assertTokens(continuation, this.nVocab); // the last id is never fed, so nothing else would notice
      if (scored > this.nCtx) throw new ContextOverflowError({ tokens: scored, nCtx: this.nCtx });
      const ids = [...Array.from(context), ...Array.from(continuation)].slice(-this.nCtx - 1);
      const batch = { inputs: Int32Array.from(ids.slice(0, -1)), targets: Int32Array.from(ids.slice(1)) };
      scores.push(await this.#score(batch.inputs, batch.targets, scored));
    }
    return scores;
  }

  async rollingLogLikelihood(
    ids: ArrayLike<number>,
    { stride = this.nCtx }: { stride?: number } = {},
  ): Promise<Float64Array> {
    assertTokens(ids, this.nVocab);
    const all = Int32Array.from(ids);
    const logProbs = new Float64Array(Math.max(0, all.length - 1));
    let at = 0;
    for (const { begin, end, count } of rollingWindows(all.length, this.nCtx, stride)) {
      const inputs = all.slice(begin, end);
      const targets = all.slice(begin + 1, end + 1);
      const { loss, nll } = this.#model.loss({ inputs, targets, batchSize: 1 });
      const values = await nll.data();
      dispose([loss, nll]);
      for (let i = values.length - count; i < values.length; i++) logProbs[at++] = -values[i];
    }
    return logProbs;
  }

  async generateUntil({ context, maxNewTokens, stop = [] }: GenerateRequest): Promise<number[]> {
    const ids: number[] = [];
    for await (const id of generate(this.#model, context, { maxNewTokens, temperature: 0 })) {
      ids.push(id);
      const met = stop.find(
        (end) => end.length > 0 && end.every((want, i) => ids.at(i - end.length) === want),
      );
      if (met !== undefined) return ids.slice(0, -met.length);
    }
    return ids;
  }

  /** Log-likelihood of the last `scored` targets, and whether greedy decoding would have written them. */
  async #score(inputs: Int32Array, targets: Int32Array, scored: number): Promise<ContinuationScore> {
    const tensor = this.#model.logits(inputs); // [1, T, V]
    const logits = (await tensor.data()) as Float32Array;
    tensor.dispose();
    let logProb = 0;
    let isGreedy = true;
    for (let t = inputs.length - scored; t < inputs.length; t++) {
      const row = logits.subarray(t * this.nVocab, (t + 1) * this.nVocab);
      const best = argmax(row);
      const sum = row.reduce((total, logit) => total + Math.exp(logit - row[best]), 0);
      logProb += row[targets[t]] - row[best] - Math.log(sum);
      isGreedy &&= best === targets[t];
    }
    return { logProb, isGreedy };
  }
}
