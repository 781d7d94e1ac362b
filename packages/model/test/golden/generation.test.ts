/**
 * Decoding against PyTorch's values in `tooling/golden/generation`: probabilities after temperature, top-k and top-p;
 * greedy texts and beams of the golden GPT-2 and of a small trained model, whose predictions are confident.
 */
import { readFileSync } from 'node:fs';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { decodeSafetensors, MemoryStorage, Random } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { assertClose } from '@gpt-ts/kernels/test';
import { useReferenceBackend } from '@gpt-ts/kernels/reference';
import {
  beamSearch,
  CONFIG_FILE,
  type EndEvent,
  generate,
  languageModel,
  loadModel,
  nextProbabilities,
  WEIGHTS_FILE,
} from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../../tooling/golden/${path}`, import.meta.url));

interface FilterCase {
  key: string;
  temperature: number;
  top_k: number;
  top_p: number;
  rule: 'smallest_covering' | 'gpt2_release';
  kept: number[];
}
interface GreedyCase {
  model: 'gpt2-tiny' | 'trained';
  prompt: number[];
  max_new_tokens: number;
  eos: number | null;
  tokens: number[];
  logprob: number;
}
interface BeamCase extends Pick<GreedyCase, 'model' | 'prompt' | 'max_new_tokens' | 'eos'> {
  width: number;
  alpha: number;
  hypotheses: { tokens: number[]; logprob: number; score: number; finished: boolean }[];
}
const golden: {
  greedy: GreedyCase[];
  beam: BeamCase[];
  filters: { cases: FilterCase[]; ties: { top_k: number; kept: number } };
} = JSON.parse(read('generation/generation.json').toString());

describe('temperature, top-k and top-p', () => {
  const { tensors } = decodeSafetensors(read('generation/filters.safetensors'), 'filters.safetensors');
  const logits = tensors.get('logits')!;
  const [rows, nVocab] = logits.shape;
  const { cases } = golden.filters;

  test.each(cases)('$key: temperature $temperature, top-k $top_k, top-p $top_p, $rule', (each) => {
    const { key, temperature, top_k: topK, top_p: topP, rule, kept } = each;
    const topPRule = rule === 'gpt2_release' ? 'gpt2-release' : 'covering';
    for (let r = 0; r < rows; r++) {
      const row = (all: ArrayLike<number>) => Array.from(all).slice(r * nVocab, (r + 1) * nVocab);
      const got = nextProbabilities(row(logits.data), { temperature, topK, topP, topPRule });
      const want = row(tensors.get(key)!.data);
      largest(key, got, want, { rtol: 1e-6, atol: 1e-9 }); // largest difference seen: 2.8e-8
      expect([...got].filter((p) => p > 0)).toHaveLength(kept[r]);
      expect([...got].map((p) => p === 0)).toEqual(want.map((p) => p === 0));
    }
  });

  test('tokens that tie with the k-th are kept', () => {
    const { top_k: topK, kept } = golden.filters.ties;
    const got = nextProbabilities(tensors.get('tied_logits')!.data, { topK });
    expect([...got].filter((p) => p > 0)).toHaveLength(kept);
    largest('tied_probs', got, tensors.get('tied_probs')!.data, { rtol: 1e-6, atol: 1e-9 });
  });
});

/** Compares, and shows the largest difference where it is asked for. */
function largest(...of: Parameters<typeof assertClose>): void {
  const seen = assertClose(...of);
  if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${seen.toExponential(1)} ${of[0]}`);
}

const stored = (config: string, weights: string) => {
  const storage = new MemoryStorage();
  storage.files.set(CONFIG_FILE, read(config));
  storage.files.set(WEIGHTS_FILE, read(weights));
  return storage;
};
const models = {
  'gpt2-tiny': stored('gpt2-tiny/config.json', 'gpt2-tiny/weights.safetensors'),
  trained: stored('generation/trained.config.json', 'generation/trained.weights.safetensors'),
};

test('the second greedy text outgrows the context, so the window slides', () => {
  expect(golden.greedy.map(({ prompt, tokens }) => prompt.length + tokens.length)).toEqual([32, 36, 7]);
});

const backends: [string, () => Promise<unknown>][] = [
  ['wasm', useWasmBackend],
  ['reference', useReferenceBackend],
];
describe.each(backends)('decoding on %s', (_, useBackend) => {
  beforeAll(async () => {
    await useBackend();
  });

  test.each(golden.greedy)('$model: after $prompt come the tokens of PyTorch', async (each) => {
    using model = await loadModel(models[each.model]);
    expect(model.config.nCtx).toBe(32);
    const before = memory();
    const options = { maxNewTokens: each.max_new_tokens, temperature: 0, eotId: each.eos ?? undefined };
    for (const cache of [true, false]) {
      let total = 0;
      let end: EndEvent | undefined;
      for await (const event of generate(model, [each.prompt], { ...options, cache })) {
        if (event.type === 'token') total += event.logProb;
        else end = event;
      }
      expect(end).toMatchObject({ ids: each.tokens, reason: each.eos === null ? 'length' : 'eot' });
      largest('logprob', [total], [each.logprob], { rtol: 1e-7, atol: 1e-6 }); // largest difference seen: 9.6e-7 of 100
    }
    expect(memory()).toEqual(before);
  });

  test.each(golden.beam)('$model: beams of $width after $prompt, alpha $alpha', async (each) => {
    using model = await loadModel(models[each.model]);
    const { prompt, width, alpha, max_new_tokens: maxNewTokens, eos, hypotheses } = each;
    const before = memory();
    for (const cache of [true, false]) {
      const eotId = eos ?? undefined;
      const got = await beamSearch(model, prompt, { width, alpha, maxNewTokens, eotId, cache });
      expect(got.map(({ ids }) => ids)).toEqual(hypotheses.map(({ tokens }) => tokens));
      expect(got.map(({ finished }) => finished)).toEqual(hypotheses.map(({ finished }) => finished));
      const pairs = [
        [got.map(({ logProb }) => logProb), hypotheses.map(({ logprob }) => logprob)],
        [got.map(({ score }) => score), hypotheses.map(({ score }) => score)],
      ];
      for (const [values, want] of pairs) largest('beam', values, want, { rtol: 1e-7, atol: 2e-6 }); // largest difference seen: 2.4e-6 of 36
    }
    expect(memory()).toEqual(before);
  });
});

test.each(['gpt2-tiny', 'trained'] as const)('%s, evaluated: it writes the texts and beams of PyTorch', async (name) => {
  await useWasmBackend();
  using model = await loadModel(models[name]);
  const before = memory();
  const of = <T extends { model: string }>(cases: readonly T[]) => cases.filter((each) => each.model === name);
  const requestOf = ({ prompt, max_new_tokens: maxNewTokens, eos }: GreedyCase | BeamCase) => ({
    ...{ context: prompt, maxNewTokens },
    stop: eos === null ? [] : [[eos]],
  });
  const untilEos = (tokens: number[], eos: number | null) => (tokens.at(-1) === eos ? tokens.slice(0, -1) : tokens);
  const beams = of(golden.beam).filter(({ hypotheses }) => hypotheses.length > 1);
  const answers = await languageModel(model).generateUntil([
    ...of(golden.greedy).map(requestOf),
    ...beams.map((each) => {
      const { width, alpha, hypotheses } = each;
      const decoding = { kind: 'beam', width, lengthPenalty: alpha, results: hypotheses.length } as const;
      return { ...requestOf(each), decoding };
    }),
  ]);
  expect(answers).toEqual([
    ...of(golden.greedy).map(({ tokens, eos }) => ({ ids: untilEos(tokens, eos) })),
    ...beams.map(({ hypotheses, eos }) => {
      const [ids, ...others] = hypotheses.map(({ tokens }) => untilEos(tokens, eos));
      return { ids, others };
    }),
  ]);
  expect(beams.length).toBeGreaterThan(0);
  expect(memory()).toEqual(before);
});

test.each(['gpt2-tiny', 'trained'] as const)('%s, evaluated: shared beginnings change no bit', async (name) => {
  await useWasmBackend();
  using model = await loadModel(models[name]);
  const { nVocab } = model.config;
  const random = new Random(1, name);
  const draw = (n: number) => Array.from({ length: n }, () => random.int(nVocab));
  const head = draw(14);
  const requests = Array.from({ length: 12 }, () => [...head, ...draw(4 + random.int(9))]).flatMap((context) =>
    Array.from({ length: 4 }, () => ({ context, continuation: draw(1 + random.int(4)) })),
  );
  const before = memory();
  const once = await languageModel(model).logLikelihood(requests);
  expect(await languageModel(model, { reusePrefixes: false }).logLikelihood(requests)).toEqual(once);
  expect(memory()).toEqual(before);
});

test('the evaluated model writes and scores the greedy texts alike', async () => {
  await useWasmBackend();
  using model = await loadModel(models['gpt2-tiny']);
  const lm = languageModel(model);
  for (const { prompt, tokens, max_new_tokens: maxNewTokens, logprob } of golden.greedy.slice(0, 2)) {
    expect(await lm.generateUntil([{ context: prompt, maxNewTokens }])).toEqual([{ ids: tokens }]);
    const requests = tokens.map((token, i) => ({
      context: [...prompt, ...tokens.slice(0, i)].slice(-32),
      continuation: [token],
    }));
    const scores = await lm.logLikelihood(requests);
    expect(scores.every(({ isGreedy }) => isGreedy)).toBe(true);
    const total = scores.reduce((sum, { logProb }) => sum + logProb, 0);
    largest('scores', [total], [logprob], { rtol: 1e-7, atol: 0 }); // largest difference seen: 9.6e-7 of 100
  }
});
