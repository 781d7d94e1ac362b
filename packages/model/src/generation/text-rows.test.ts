import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { Random } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { useReferenceBackend } from '@gpt-ts/kernels/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { GPT } from '../gpt.js';
import { TextRows } from './text-rows.js';

const config = { nLayer: 2, nHead: 2, nEmbd: 24, nCtx: 40, nVocab: 31, initStd: 0.3 };
const random = new Random(8, 'text-rows.test');
const draw = (n: number) => Array.from({ length: n }, () => random.int(config.nVocab));

/** Logits of each text at the start and after each of some steps. */
async function follow(model: GPT, texts: number[][], steps: number[][]): Promise<Float32Array[][]> {
  using rows = new TextRows(model, texts, 30);
  const all = [await rows.next()];
  for (const ids of steps) {
    rows.advance([...texts.keys()], ids);
    all.push(await rows.next());
  }
  return all;
}

const backends: [string, () => Promise<unknown>][] = [
  ['wasm', useWasmBackend],
  ['reference', useReferenceBackend],
];
describe.each(backends)('rows of text on %s', (_, useBackend) => {
  beforeAll(async () => {
    await useBackend();
  });

  test('their order changes nothing, bit for bit; reading one alone changes the last bits', async () => {
    using model = GPT.random(config, 1);
    const before = memory();
    const texts = [draw(3), draw(17), draw(1), draw(8), draw(8)];
    const steps = Array.from({ length: 5 }, () => draw(5));
    const all = await follow(model, texts, steps);
    const order = [3, 1, 4, 0, 2];
    const shuffled = await follow(
      model,
      order.map((i) => texts[i]),
      steps.map((ids) => order.map((i) => ids[i])),
    );
    let largest = 0;
    for (const [at, i] of order.entries()) {
      const alone = await follow(
        model,
        [texts[i]],
        steps.map((ids) => [ids[i]]),
      );
      for (const [step, logits] of all.entries()) {
        expect(shuffled[step][at]).toEqual(logits[i]);
        for (const [id, logit] of logits[i].entries()) {
          largest = Math.max(largest, Math.abs(logit - alone[step][0][id]));
        }
      }
    }
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} alone`);
    expect(largest).toBeLessThan(2e-5); // largest difference seen: 2.4e-6
    expect(memory()).toEqual(before);
  });

  test('copied, reordered and dropped, they go on as what they were', async () => {
    using model = GPT.random(config, 2);
    const texts = [draw(4), draw(2)];
    using rows = new TextRows(model, texts, 40);
    await rows.next();
    rows.advance([1, 0, 1], [5, 6, 7]);
    await rows.next();
    rows.advance([2, 0], [8, 9]);
    const want = [
      [...texts[1], 7, 8],
      [...texts[1], 5, 9],
    ];
    expect(rows.windows).toEqual(want);
    let largest = 0;
    for (const [r, logits] of (await rows.next()).entries()) {
      const tensor = model.nextLogits([want[r]]);
      const full = await tensor.data();
      tensor.dispose();
      for (const [id, logit] of logits.entries()) {
        largest = Math.max(largest, Math.abs(logit - full[id]));
      }
    }
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} copied`);
    expect(largest).toBeLessThan(2e-5); // largest difference seen: 1.9e-6
  });
});
