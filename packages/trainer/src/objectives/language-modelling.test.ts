import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { TokenRangeError } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, type TokenBatch } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawBatch, sizes } from '../../test/support/tiny-run.js';
import { LanguageModelling } from './language-modelling.js';

const evaluate = (model: GPT, batches: Iterable<TokenBatch>, signal?: AbortSignal) =>
  new LanguageModelling(model).evaluate(batches, signal);

describe('evaluation', () => {
  let batches: TokenBatch[];
  beforeAll(async () => {
    await useWasmBackend();
    batches = [drawBatch('a', 4), drawBatch('b', 1), drawBatch('c', 2)];
    batches[1].targets.fill(-1, 2); // 2 of 6 count
    batches[2].targets.fill(-1, 0, 5); // 7 of 12 count
  });

  test('is the mean over all tokens that count, not over batches', async () => {
    using model = GPT.random(sizes, 1);
    let nats = 0;
    for (const batch of batches) {
      const { loss, nll } = model.loss(batch);
      for (const value of await nll.data()) nats += value;
      loss.dispose();
      nll.dispose();
    }
    const tokens = 24 + 2 + 7;
    expect(await evaluate(model, batches)).toEqual({ loss: nats / tokens, count: tokens });
  });

  test('does not depend on how the rows are cut into batches', async () => {
    using model = GPT.random(sizes, 1);
    const { inputs, targets } = batches[0];
    const rows = [0, 1, 2, 3].map((i) => ({
      inputs: inputs.slice(6 * i, 6 * i + 6),
      targets: targets.slice(6 * i, 6 * i + 6),
      batchSize: 1,
    }));
    expect(await evaluate(model, rows)).toEqual(await evaluate(model, [batches[0]]));
  });

  test('leaves the model and the tensors as they were', async () => {
    using model = GPT.random(sizes, 1);
    const values = await model.values();
    const before = memory();
    await evaluate(model, batches);
    expect(memory()).toEqual(before);
    expect(await model.values()).toEqual(values);
  });

  test('stops between two batches when its signal says so', async () => {
    using model = GPT.random(sizes, 1);
    const before = memory();
    const controller = new AbortController();
    let drawn = 0;
    function* endless(): Generator<TokenBatch> {
      for (;;) {
        if (++drawn === 3) controller.abort(new Error('enough'));
        yield batches[0];
      }
    }
    await expect(evaluate(model, endless(), controller.signal)).rejects.toThrow('enough');
    expect(drawn).toBe(3);
    expect(memory()).toEqual(before);
  });

  test('a batch with an id outside the vocabulary is refused, and no tensor is left', async () => {
    using model = GPT.random(sizes, 1);
    const before = memory();
    const bad = { ...batches[0], inputs: batches[0].inputs.map((id, i) => (i === 5 ? 7 : id)) };
    await expect(evaluate(model, [batches[1], bad])).rejects.toThrow(TokenRangeError);
    expect(memory()).toEqual(before);
  });
});
