/** A few-shot evaluation: choices scored after examples, with what prompts have in common read once and read again and again. */
import { type ContinuationRequest, type ContinuationScore, GptError, Random } from '@gpt-ts/core';
import { GPT, type GPTConfigInput, languageModel } from '@gpt-ts/model';
import { alternate } from './alternate.js';
import type { BenchCase } from './bench-case.js';
import { median, medianRatio } from './statistics.js';

const config: GPTConfigInput = { nLayer: 4, nHead: 4, nEmbd: 256, nCtx: 512, nVocab: 8192 };
const ITEMS = 500;
const CHOICES = 4;
const SHOTS = 8;
const WARM_UP = 20; // items

/** What a run without reuse is called. */
const WHOLE = 'each request read whole';

/** Whose examples an item shows: all the same, or a draw of its own. */
type Draw = 'one draw for all' | 'a draw for each item';

export const evaluationCases: BenchCase[] = (['one draw for all', 'a draw for each item'] as const).flatMap(
  (draw) => [
    {
      name: `few-shot scores, ${draw}`,
      shape: `${ITEMS}x${CHOICES}, K = ${SHOTS}`,
      async measure({ rounds }) {
        using model = GPT.random(config, 1);
        const requests = requestsOf(draw);
        const scored: ContinuationScore[][] = [];
        const slice = (reusePrefixes: boolean) => async () => {
          const start = performance.now();
          scored.push(await languageModel(model, { reusePrefixes }).logLikelihood(requests));
          return (performance.now() - start) / 1000;
        };
        await languageModel(model).logLikelihood(requests.slice(0, WARM_UP * CHOICES));
        const [once, whole] = await alternate([slice(true), slice(false)], rounds);
        assertSame(scored);
        return { value: median(once), unit: 's', against: WHOLE, ratio: medianRatio(whole, once) };
      },
    },
    {
      name: `few-shot tokens, ${draw}`,
      shape: `${ITEMS}x${CHOICES}, K = ${SHOTS}`,
      async measure() {
        using model = GPT.random(config, 1);
        const requests = requestsOf(draw);
        const whole = requests.reduce(
          (sum, { context, continuation }) => sum + context.length + continuation.length - 1,
          0,
        );
        const read = await tokensRead(model, () => languageModel(model).logLikelihood(requests));
        return { value: read, unit: 'tokens', against: WHOLE, ratio: whole / read };
      },
    },
  ],
);

/** Choices of 1 to 5 tokens after questions of 6 to 12, as are the examples: choices and questions of random ids. */
function requestsOf(draw: Draw): ContinuationRequest[] {
  const random = new Random(7, 'evaluation');
  const ids = (least: number, most: number) =>
    Array.from({ length: least + random.int(most - least + 1) }, () => random.int(config.nVocab));
  const examples = () => Array.from({ length: SHOTS }, () => [...ids(6, 12), ...ids(1, 5)]).flat();
  const shared = examples();
  return Array.from({ length: ITEMS }, () => {
    const context = [...(draw === 'one draw for all' ? shared : examples()), ...ids(6, 12)];
    return Array.from({ length: CHOICES }, () => ({ context, continuation: ids(1, 5) }));
  }).flat();
}

/** Tokens that go through the model, without padding. */
async function tokensRead(model: GPT, work: () => Promise<unknown>): Promise<number> {
  let tokens = 0;
  const hidden = model.hidden.bind(model);
  model.hidden = (ids, batchSize, pass) => {
    tokens += pass?.lengths?.reduce((sum, length) => sum + length, 0) ?? ids.length;
    return hidden(ids, batchSize, pass);
  };
  await work();
  return tokens;
}

/** Scores have the same bits each time, whatever was read once. */
function assertSame([first, ...others]: readonly ContinuationScore[][]): void {
  const same = (scores: ContinuationScore[]) =>
    scores.every(({ logProb }, i) => logProb === first[i].logProb);
  if (others.every(same)) return;
  throw new GptError('bench-failed', { message: 'scores differ with and without reuse of prefixes.' });
}
