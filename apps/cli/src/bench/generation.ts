/** Generation with the smallest GPT-2: reading a prompt, and writing one token. */
import { countParameters, forwardFlops, GPT, gptConfig, KVCache, preset } from '@gpt-ts/model';
import { alternate } from './alternate.js';
import { type BenchCase, shareOfCeiling } from './bench-case.js';
import { READING, readingSlices } from './ceiling.js';
import { ids } from './inputs.js';
import { median, medianRatio } from './statistics.js';
import { type Subject, slicesOf } from './subject.js';

const CONTEXT = 256;
const WARM_UP = 100; // tokens; a tenth of the time goes into TypeScript, which takes that long to be compiled well
const config = gptConfig({ nVocab: 1, ...preset('gpt2').config });
const { nVocab, nEmbd, nCtx } = config;

export const generationCases: BenchCase[] = [
  {
    name: 'prefill gpt2 124M',
    shape: `1x${CONTEXT}`,
    async measure(bench) {
      using subject = prepare((model, cache, prompt) => {
        cache.truncate();
        return model.nextLogits([prompt], cache);
      });
      const skipped = 2 * nVocab * nEmbd * (CONTEXT - 1); // the head reads the last position alone
      return await shareOfCeiling(
        subject,
        forwardFlops(config, { batchSize: 1, seqLen: CONTEXT }) - skipped,
        bench,
      );
    },
  },
  {
    name: 'decode gpt2 124M',
    shape: `1 after ${CONTEXT}`,
    async measure({ rounds, hooks }) {
      using subject = prepare((model, cache, prompt) => {
        cache.truncate(CONTEXT);
        return model.nextLogits([prompt.subarray(0, 1)], cache);
      });
      const bytes = 4 * (countParameters(config) - nCtx * nEmbd); // one row of wpe
      for (let i = 0; i < WARM_UP; i++) await subject.run();
      const slice = await slicesOf(subject);
      const [rates, ceiling] = await alternate(
        [async () => bytes / (await slice()) / 1e6, readingSlices(hooks, bytes)],
        rounds,
      );
      return { value: median(rates), unit: 'GB/s', against: READING, ratio: medianRatio(rates, ceiling) };
    },
  },
];

/** A model that has read `CONTEXT` ids, and what is to be timed. */
function prepare(
  step: (model: GPT, cache: KVCache, prompt: Int32Array) => ReturnType<GPT['nextLogits']>,
): Subject {
  const model = GPT.random(config);
  const cache = new KVCache(config, { rows: 1, positions: CONTEXT + 1 });
  const prompt = ids(CONTEXT, nVocab);
  model.nextLogits([prompt], cache).dispose();
  return {
    async run() {
      const logits = step(model, cache, prompt);
      await logits.data();
      logits.dispose();
    },
    [Symbol.dispose]() {
      cache[Symbol.dispose]();
      model[Symbol.dispose]();
    },
  };
}
