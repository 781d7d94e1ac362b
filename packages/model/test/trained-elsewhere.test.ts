/**
 * Two models that others trained, against what an independent program computed of them in double precision. They may not
 * be copied here: GPT_TS_MODELS names the folder that has them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { FolderStorage } from '@gpt-ts/core/node';
import { type GPT, generate, languageModel, loadModel } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';

const models =
  process.env.GPT_TS_MODELS ?? fileURLToPath(new URL('../../../../shared/models', import.meta.url));
const SORTER = join(models, 'mingpt-sort-nano');
const TAROT = join(models, 'gpt2-tarot-bpe1k');

interface Prompt {
  name: string;
  token_ids: number[];
  last_position_logits: number[];
  per_token_nll: number[];
  mean_cross_entropy_nats: number;
  greedy_new_ids: number[];
}

beforeAll(async () => {
  await useWasmBackend();
});

async function greedy(model: GPT, prompts: number[][], maxNewTokens: number): Promise<number[][]> {
  const texts: number[][] = [];
  for await (const event of generate(model, prompts, { maxNewTokens, temperature: 0 })) {
    if (event.type === 'end') texts[event.prompt] = event.ids;
  }
  return texts;
}

const suite = existsSync(SORTER) && existsSync(TAROT) ? describe : describe.skip;
if (suite === describe.skip) console.warn(`skipped: no models in ${models} (set GPT_TS_MODELS)`);

suite.each([SORTER, TAROT])('%s', (folder) => {
  const read = (): Prompt[] => JSON.parse(readFileSync(join(folder, 'reference.json'), 'utf8')).prompts;

  test('has the logits, losses and greedy ids of its reference', async () => {
    using model = await loadModel(new FolderStorage(folder));
    for (const prompt of read()) {
      const logits = model.nextLogits([prompt.token_ids]);
      const got = await logits.data();
      logits.dispose();
      for (const [id, want] of prompt.last_position_logits.entries()) {
        expect(Math.abs(got[id] - want), prompt.name).toBeLessThan(1e-4); // seen: 7.1e-6
      }
      const logProbs = await languageModel(model).rollingLogLikelihood(prompt.token_ids);
      expect(logProbs.length).toBe(prompt.per_token_nll.length);
      for (const [i, nll] of prompt.per_token_nll.entries()) {
        expect(Math.abs(logProbs[i] + nll), prompt.name).toBeLessThan(1e-4); // seen: 9.3e-6
      }
      const mean = -logProbs.reduce((sum, x) => sum + x, 0) / logProbs.length;
      expect(Math.abs(mean - prompt.mean_cross_entropy_nats)).toBeLessThan(1e-5); // seen: 1.1e-6
      const [ids] = await greedy(model, [prompt.token_ids], prompt.greedy_new_ids.length);
      expect(ids, prompt.name).toEqual(prompt.greedy_new_ids);
    }
  });
});

suite('the sorter', () => {
  test('sorts all 729 inputs of six digits', async () => {
    using model = await loadModel(new FolderStorage(SORTER));
    const inputs = Array.from({ length: 3 ** 6 }, (_, n) =>
      Array.from({ length: 6 }, (_, place) => Math.floor(n / 3 ** place) % 3),
    );
    const outputs = await greedy(model, inputs, 6);
    expect(outputs).toEqual(inputs.map((digits) => [...digits].sort()));
  });
});
