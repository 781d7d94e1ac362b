/** The plan beside what a real step takes. A file of its own: the heap of a process grows and never shrinks. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { benchHooks } from '@gpt-ts/backend-wasm/bench';
import { GPT, gptConfig } from '@gpt-ts/model';
import { expect, test } from 'vitest';
import { recipes } from '../src/recipe.js';
import { Trainer } from '../src/trainer.js';

test('the heap of a run ends where its plan says', async () => {
  await useWasmBackend({ threads: 1 });
  const config = gptConfig({ nLayer: 4, nHead: 2, nEmbd: 128, nCtx: 256, nVocab: 5000 });
  const batchSize = 8;
  const ids = Int32Array.from({ length: batchSize * config.nCtx }, (_, i) => (i * i) % config.nVocab);
  const batch = () => ({ inputs: ids, targets: ids, batchSize });
  using trainer = Trainer.start(GPT.random(config), { ...recipes.nano, batchSize, maxSteps: 2 });
  for await (const _ of trainer.run({ batch }));
  const share = benchHooks().heapBytes() / trainer.plan.total;
  expect(share).toBeGreaterThan(0.8); // seen: 1.12; the plan adds up what is never held all at one time
  expect(share).toBeLessThan(1.2); // the heap grows by up to a fifth more than is asked for
});
