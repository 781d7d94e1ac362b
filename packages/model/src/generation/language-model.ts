/** A GPT as the {@link LanguageModel} that tasks evaluate. */
import {
  assertTokens,
  ContextOverflowError,
  type ContinuationRequest,
  type ContinuationScore,
  type Generated,
  type GenerateRequest,
  type LanguageModel,
  rollingWindows,
} from '@gpt-ts/core';
import { embedding, idTensor, languageModelLoss, memory, tidy } from '@gpt-ts/kernels';
import type { GPT } from '../gpt.js';
import { batchesOf } from './batches.js';
import { drawableIds } from './drawable.js';
import { BATCH_TOKENS, PrefixReader } from './prefix-reader.js';
import { type PrefixNode, prefixTree } from './prefix-tree.js';
import { readRows } from './read-rows.js';
import { assertTexts } from './text-rows.js';
import { type Window, WindowScores } from './window-scores.js';
import { type RequestOptions, writeRequests } from './write-requests.js';

/** Options of {@link languageModel}. */
export interface LanguageModelOptions extends RequestOptions {
  /**
   * Read what requests of one `logLikelihood` have in common at their beginnings once for all, such as the question before its
   * choices and the examples before the question. Default true.
   */
  reusePrefixes?: boolean;
}

/**
 * Wraps a model for evaluation. The model stays the caller's to dispose.
 *
 * A score does not depend on what else is asked: with dense and banded attention to the bit, on the wasm backend. Other
 * patterns add up in another order after a prefix that was read before, and differ in the last bits.
 *
 * @param options - `nDrawable` limits what `generateUntil` writes, and with what `isGreedy` compares. Log-likelihoods are the
 * model's own, over all its ids. `decode` lets `generateUntil` see stop strings. `memoryLimitBytes` bounds what is held beside
 * the model for requests that are answered together: keys and values above all.
 * @throws InvalidArgumentError when `nDrawable` is out of range.
 * @example
 * const [score] = await languageModel(gpt).logLikelihood([{ context: [1], continuation: [2, 3] }]);
 */
export function languageModel(model: GPT, options: LanguageModelOptions = {}): LanguageModel {
  return new GPTLanguageModel(model, { ...options, nDrawable: drawableIds(model, options) });
}

class GPTLanguageModel implements LanguageModel {
  readonly #model: GPT;
  readonly #options: LanguageModelOptions & { nDrawable: number };

  constructor(model: GPT, options: LanguageModelOptions & { nDrawable: number }) {
    this.#model = model;
    this.#options = options;
  }

  get nCtx(): number {
    return this.#model.config.nCtx;
  }

  get nVocab(): number {
    return this.#model.config.nVocab;
  }

  async logLikelihood(requests: readonly ContinuationRequest[]): Promise<ContinuationScore[]> {
    const { nDrawable, reusePrefixes = true, memoryLimitBytes = 2 ** 32 } = this.#options;
    const windows = requests.map((request) => this.#windowOf(request));
    const texts = windows.map(({ inputs }) => inputs);
    const scores = new WindowScores(this.#model, nDrawable, windows);
    const reader = new PrefixReader(this.#model, texts, (...pass) => scores.take(...pass));
    const room = Math.max(0, memoryLimitBytes - memory().numBytes) / 2; // the rest is for activations and logits
    await reader.read(reusePrefixes ? prefixTree(texts) : apart(texts), room);
    return scores.scores.map(({ logProbs, isGreedy }) => ({
      logProb: logProbs.reduce((sum, logProb) => sum + logProb, 0),
      isGreedy,
    }));
  }

  async rollingLogLikelihood(
    ids: ArrayLike<number>,
    { stride = this.nCtx }: { stride?: number } = {},
  ): Promise<Float64Array> {
    assertTokens(ids, this.nVocab);
    const all = Int32Array.from(ids);
    const windows = rollingWindows(all.length, this.nCtx, stride);
    const lengths = windows.map(({ begin, end }) => end - begin);
    const logProbs = new Float64Array(Math.max(0, all.length - 1));
    for (const batch of batchesOf(lengths, BATCH_TOKENS)) {
      const chosen = batch.map((i) => windows[i]);
      const rows = chosen.map(({ begin, end }) => all.subarray(begin, end));
      const predicted = chosen.flatMap(({ end, count }) =>
        Array.from({ length: count }, (_, i) => end - count + i),
      );
      const nll = tidy(() => {
        const { x, t } = readRows(this.#model, rows); // [B * T, C]
        const at = chosen.flatMap(({ begin, end, count }, row) =>
          Array.from({ length: count }, (_, i) => row * t + end - begin - count + i),
        );
        const some = embedding(x, idTensor(Int32Array.from(at), [at.length])); // [predicted, C]
        const targets = Int32Array.from(predicted, (position) => all[position + 1]);
        return languageModelLoss(some, this.#model.tokenHead(), idTensor(targets, [at.length])).nll;
      });
      for (const [i, value] of (await nll.data()).entries()) logProbs[predicted[i]] = -value;
      nll.dispose();
    }
    return logProbs;
  }

  async generateUntil(requests: readonly GenerateRequest[]): Promise<Generated[]> {
    return await writeRequests(this.#model, requests, this.#options);
  }

  #windowOf({ context, continuation }: ContinuationRequest): Window {
    assertTexts(this.#model, [context], 'context');
    assertTexts(this.#model, [continuation], 'continuation');
    const tokens = continuation.length;
    if (tokens > this.nCtx) throw new ContextOverflowError({ tokens, nCtx: this.nCtx });
    const ids = Int32Array.from([...Array.from(context), ...Array.from(continuation)].slice(-this.nCtx - 1));
    return { inputs: ids.subarray(0, -1), targets: ids.subarray(-tokens) };
  }
}

/** Texts with nothing in common. */
function apart(texts: readonly Int32Array[]): PrefixNode[] {
  return texts.map(({ length }, text) => ({ begin: 0, end: length, texts: [text], children: [] }));
}
