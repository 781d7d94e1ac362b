/** What training asks of the wasm backend: the same numbers on any number of threads, and memory that does not grow. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { benchHooks } from '@gpt-ts/backend-wasm/bench';
import { MemoryStorage, Random } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, loadModel, saveModel, type TokenBatch } from '@gpt-ts/model';
import { expect, test } from 'vitest';
import { LanguageModelling, recipes, Trainer } from '../src/index.js';

/** Odd sizes; more positions than one chunk of the loss; large enough that every kernel is split. */
const config = { nLayer: 2, nHead: 3, nEmbd: 51, nCtx: 70, nVocab: 331 };
const settings = { ...recipes['shakespeare-char'].settings, batchSize: 5 };

function batch(first: number): TokenBatch {
  const random = new Random(7, `batch from ${first}`);
  const ids = () => Int32Array.from({ length: 5 * 70 }, () => random.int(config.nVocab));
  return { inputs: ids(), targets: ids(), batchSize: 5 };
}

async function train(trainer: Trainer<TokenBatch>): Promise<void> {
  for await (const _ of trainer.run({ batch }));
}

test('five training steps give identical bytes in every parameter on 1, 2, 3 and 4 threads', async () => {
  const after = async (threads: number) => {
    using _ = await useWasmBackend({ threads });
    const objective = new LanguageModelling(GPT.random(config, 1));
    using trainer = await Trainer.start(objective, { ...settings, maxSteps: 5, warmupSteps: 0 });
    await train(trainer);
    return await trainer.objective.gpt.values();
  };
  const want = await after(1);
  expect(want.size).toBe(28);
  for (const threads of [2, 3, 4]) expect(await after(threads)).toEqual(want);
});

test('200 training steps leave as many tensors and as large a heap as 10', async () => {
  using _ = await useWasmBackend({ threads: 2 });
  const objective = new LanguageModelling(GPT.random(config, 1));
  using trainer = await Trainer.start(objective, { ...settings, maxSteps: 200 });
  const { heapBytes } = benchHooks();
  const seen: object[] = [];
  for await (const event of trainer.run({ batch })) {
    if (event.type === 'step-end' && event.step >= 10) seen.push({ ...memory(), heap: heapBytes() });
  }
  expect(seen.length).toBe(191);
  for (const each of seen) expect(each).toEqual(seen[0]);
});

test('50 times saved and loaded, a model leaves no tensor and the heap as it was after 5', async () => {
  using _ = await useWasmBackend({ threads: 1 });
  const storage = new MemoryStorage();
  const before = memory();
  const { heapBytes } = benchHooks();
  let model = GPT.random(config, 1);
  let heap = 0;
  for (let i = 1; i <= 50; i++) {
    await saveModel(model, storage);
    model[Symbol.dispose]();
    expect(memory()).toEqual(before);
    model = await loadModel(storage);
    if (i === 5) heap = heapBytes();
  }
  expect(heapBytes()).toBe(heap);
  model[Symbol.dispose]();
});
