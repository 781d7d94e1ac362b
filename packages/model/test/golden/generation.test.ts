/**
 * Decoding against PyTorch's values in `tooling/golden/generation`: probabilities after temperature and top-k, and greedy
 * texts of the golden GPT-2.
 */
import { readFileSync } from 'node:fs';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { decodeSafetensors, MemoryStorage } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { assertClose } from '@gpt-ts/kernels/test';
import { CONFIG_FILE, generate, languageModel, loadModel, nextProbabilities, WEIGHTS_FILE } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../../tooling/golden/${path}`, import.meta.url));

interface FilterCase {
  key: string;
  temperature: number;
  top_k: number;
  top_p: number;
  kept: number[];
}
interface GreedyCase {
  model: string;
  prompt: number[];
  max_new_tokens: number;
  tokens: number[];
  logprob: number;
}
const golden: {
  greedy: GreedyCase[];
  filters: { cases: FilterCase[]; ties: { top_k: number; kept: number } };
} = JSON.parse(read('generation/generation.json').toString());

describe('temperature and top-k', () => {
  const { tensors } = decodeSafetensors(read('generation/filters.safetensors'), 'filters.safetensors');
  const logits = tensors.get('logits')!;
  const [rows, nVocab] = logits.shape;
  const cases = golden.filters.cases.filter(({ top_p }) => top_p === 1);

  test.each(cases)('$key: temperature $temperature, top-k $top_k', ({ key, temperature, top_k, kept }) => {
    for (let r = 0; r < rows; r++) {
      const row = (all: ArrayLike<number>) => Array.from(all).slice(r * nVocab, (r + 1) * nVocab);
      const got = nextProbabilities(row(logits.data), { temperature, topK: top_k || undefined });
      const want = row(tensors.get(key)!.data);
      assertClose(key, got, want, { rtol: 1e-6, atol: 1e-9 }); // largest difference seen: 2.6e-8
      expect([...got].filter((p) => p > 0)).toHaveLength(kept[r]);
      expect([...got].map((p) => p === 0)).toEqual(want.map((p) => p === 0));
    }
  });

  test('tokens that tie with the k-th are kept', () => {
    const { top_k: topK, kept } = golden.filters.ties;
    const got = nextProbabilities(tensors.get('tied_logits')!.data, { topK });
    expect([...got].filter((p) => p > 0)).toHaveLength(kept);
    assertClose('tied_probs', got, tensors.get('tied_probs')!.data, { rtol: 1e-6, atol: 1e-9 });
  });
});

describe('greedy decoding of the golden GPT-2', () => {
  const cases = golden.greedy.filter(({ model }) => model === 'gpt2-tiny');
  const storage = new MemoryStorage();
  storage.files.set(CONFIG_FILE, read('gpt2-tiny/config.json'));
  storage.files.set(WEIGHTS_FILE, read('gpt2-tiny/weights.safetensors'));

  beforeAll(async () => {
    await useWasmBackend();
  });

  test('the second text outgrows the context, so the window slides', () => {
    expect(cases.map(({ prompt, tokens }) => prompt.length + tokens.length)).toEqual([32, 36]);
  });

  test.each(cases)('after $prompt come the tokens of PyTorch', async ({ prompt, max_new_tokens, tokens, logprob }) => {
    using model = await loadModel(storage);
    expect(model.config.nCtx).toBe(32);
    const before = memory();
    const ids: number[] = [];
    for await (const id of generate(model, prompt, { maxNewTokens: max_new_tokens, temperature: 0 })) ids.push(id);
    expect(ids).toEqual(tokens);

    const lm = languageModel(model);
    expect(await lm.generateUntil({ context: prompt, maxNewTokens: max_new_tokens })).toEqual(tokens);
    let total = 0;
    for (const [i, token] of tokens.entries()) {
      const context = [...prompt, ...tokens.slice(0, i)].slice(-32);
      const [score] = await lm.logLikelihood([{ context, continuation: [token] }]);
      expect(score.isGreedy).toBe(true);
      total += score.logProb;
    }
    assertClose('logprob', [total], [logprob], { rtol: 1e-7, atol: 0 }); // largest difference seen: 9.8e-7 of 95
    expect(memory()).toEqual(before);
  });
});
