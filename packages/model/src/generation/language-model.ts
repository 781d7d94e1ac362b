/** A GPT as the {@link LanguageModel} that tasks evaluate. */
import {
  assertTokens,
  ContextOverflowError,
  type ContinuationRequest,
  type ContinuationScore,
  type Generated,
  type GenerateRequest,
  InvalidArgumentError,
  type LanguageModel,
  rollingWindows,
} from '@gpt-ts/core';
import { embedding, idTensor, languageModelLoss, matMul, reshape, type Tensor, tidy } from '@gpt-ts/kernels';
import type { GPT } from '../gpt.js';
import { argmax } from './argmax.js';
import { batchesOf } from './batches.js';
import { type DrawableOptions, drawableIds } from './drawable.js';
import { generate } from './generate.js';
import { logSumExp } from './log-probability.js';

/** Most tokens of a batch: enough to keep every core busy, little memory. */
const BATCH_TOKENS = 2048;
/** Most logits at a time: 16 MiB. */
const BATCH_LOGITS = 2 ** 22;

/** Rows are padded to this many: fewer may be added up in another order, and a score is not to depend on its batch. */
const PAD = 4;

/**
 * Wraps a model for evaluation. The model stays the caller's to dispose.
 *
 * @param options - `nDrawable` limits what `generateUntil` writes, and with what `isGreedy` compares. Log-likelihoods are the
 * model's own, over all its ids.
 * @throws InvalidArgumentError when `nDrawable` is out of range.
 * @example
 * const [score] = await languageModel(gpt).logLikelihood([{ context: [1], continuation: [2, 3] }]);
 */
export function languageModel(model: GPT, options: DrawableOptions = {}): LanguageModel {
  return new GPTLanguageModel(model, drawableIds(model, options));
}

/** What is fed, and what its last positions are to predict. */
interface Scoring {
  inputs: Int32Array;
  targets: Int32Array;
}

class GPTLanguageModel implements LanguageModel {
  readonly #model: GPT;
  readonly #nDrawable: number;

  constructor(model: GPT, nDrawable: number) {
    this.#model = model;
    this.#nDrawable = nDrawable;
  }

  get nCtx(): number {
    return this.#model.config.nCtx;
  }

  get nVocab(): number {
    return this.#model.config.nVocab;
  }

  async logLikelihood(requests: readonly ContinuationRequest[]): Promise<ContinuationScore[]> {
    const scorings = requests.map((request) => this.#scoringOf(request));
    const scores: ContinuationScore[] = new Array(requests.length);
    const lengths = scorings.map(({ inputs }) => inputs.length);
    for (const batch of batchesOf(lengths, BATCH_TOKENS)) {
      const answers = await this.#score(batch.map((i) => scorings[i]));
      for (const [b, i] of batch.entries()) scores[i] = answers[b];
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
      const nll = tidy(() => {
        const last = Int32Array.from({ length: count }, (_, i) => end - begin - count + i);
        const x = embedding(this.#hidden([all.subarray(begin, end)], end - begin), idTensor(last, [count])); // [count, C]
        const targets = idTensor(all.subarray(end - count + 1, end + 1), [count]);
        return languageModelLoss(x, this.#model.tokenHead(), targets).nll;
      });
      const values = await nll.data();
      nll.dispose();
      for (const value of values) logProbs[at++] = -value;
    }
    return logProbs;
  }

  async generateUntil(requests: readonly GenerateRequest[]): Promise<Generated[]> {
    const answers: Generated[] = [];
    for (const request of requests) answers.push({ ids: await this.#write(request) });
    return answers;
  }

  async #write({ context, maxNewTokens, stop = [] }: GenerateRequest): Promise<number[]> {
    const stops = stop.filter(({ length }) => length > 0);
    const options = { maxNewTokens, temperature: 0, stop: stops, nDrawable: this.#nDrawable };
    for await (const event of generate(this.#model, [context], options)) {
      if (event.type === 'end') return event.ids.slice(0, event.ids.length - (event.stop?.length ?? 0));
    }
    return [];
  }

  #scoringOf({ context, continuation }: ContinuationRequest): Scoring {
    for (const [argument, value] of Object.entries({ context, continuation })) {
      if (value.length > 0) assertTokens(value, this.nVocab);
      else throw new InvalidArgumentError({ argument, expected: 'one or more ids', received: value });
    }
    const tokens = continuation.length;
    if (tokens > this.nCtx) throw new ContextOverflowError({ tokens, nCtx: this.nCtx });
    const ids = [...Array.from(context), ...Array.from(continuation)].slice(-this.nCtx - 1);
    return { inputs: Int32Array.from(ids.slice(0, -1)), targets: Int32Array.from(ids.slice(-tokens)) };
  }

  /** Log-likelihood of the targets of each row, and whether greedy decoding would have written them. */
  async #score(batch: readonly Scoring[]): Promise<ContinuationScore[]> {
    const scores = batch.map(() => ({ logProb: 0, isGreedy: true }));
    const longest = Math.max(...batch.map(({ inputs }) => inputs.length));
    const t = Math.min(this.nCtx, Math.ceil(longest / PAD) * PAD);
    const scored = batch.flatMap(({ inputs, targets }, row) =>
      Array.from(targets, (target, i) => ({ row, target, at: row * t + inputs.length - targets.length + i })),
    );
    const x = tidy(() =>
      this.#hidden(
        batch.map(({ inputs }) => inputs),
        t,
      ),
    ); // [B * T, C]
    try {
      const size = Math.max(1, Math.floor(BATCH_LOGITS / this.nVocab));
      for (let begin = 0; begin < scored.length; begin += size) {
        const chunk = scored.slice(begin, begin + size);
        const logits = await this.#logits(
          x,
          chunk.map(({ at }) => at),
        );
        for (const [i, { row, target }] of chunk.entries()) {
          const own = logits.subarray(i * this.nVocab, (i + 1) * this.nVocab);
          scores[row].logProb += own[target] - logSumExp(own);
          scores[row].isGreedy &&= argmax(own.subarray(0, this.#nDrawable)) === target;
        }
      }
    } finally {
      x.dispose();
    }
    return scores;
  }

  /** Hidden states `[B * T, C]` of rows that are padded on the right, which nothing before sees. */
  #hidden(rows: readonly Int32Array[], t: number): Tensor {
    const ids = new Int32Array(rows.length * t);
    for (const [r, row] of rows.entries()) ids.set(row, r * t);
    return reshape(this.#model.hidden(ids, rows.length), [ids.length, this.#model.config.nEmbd]);
  }

  /** Logits `[positions, V]` of some of the hidden states. */
  async #logits(x: Tensor, positions: readonly number[]): Promise<Float32Array> {
    const logits = tidy(() => {
      const padded = [...positions, ...Array<number>(Math.max(0, PAD - positions.length)).fill(0)];
      const some = embedding(x, idTensor(Int32Array.from(padded), [padded.length])); // [positions, C]
      return matMul(some, this.#model.tokenHead(), { transposeB: true }); // [positions, V]
    });
    const values = (await logits.data()) as Float32Array;
    logits.dispose();
    return values;
  }
}
