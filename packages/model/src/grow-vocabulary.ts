/** New tokens for a model that was trained without them, such as GPT-1's start, delimiter and extract. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { GPT } from './gpt.js';
import { gptConfig } from './gpt-config.js';

/**
 * A copy of a model with `count` more tokens, whose ids follow the others. Their rows are drawn from N(0, 0.02), as GPT-1 drew
 * those of its special tokens; everything else stays.
 *
 * @param seed - Of the new rows. Default 0.
 * @throws InvalidArgumentError when `count` is not a positive integer.
 * @see GPT-1 section 3.3; `train.py` in openai/finetune-transformer-lm.
 * @example
 * using grown = await growVocabulary(model, 3); // ids nVocab, nVocab + 1, nVocab + 2
 */
export async function growVocabulary(model: GPT, count: number, seed = 0): Promise<GPT> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError({ argument: 'count', expected: 'a positive integer', received: count });
  }
  const { nVocab, nEmbd } = model.config;
  const values = new Map<string, Float32Array>();
  for (const [name, { data }] of await model.values()) values.set(name, data as Float32Array);
  for (const name of ['wte.weight', 'we.weight', 'lm_head.weight']) {
    const table = values.get(name);
    if (table === undefined) continue;
    const random = new Random(seed, `new rows of ${name}`);
    const grown = new Float32Array(table.length + count * nEmbd);
    const end = nVocab * nEmbd; // in a joint table, positions follow
    grown.set(table.subarray(0, end));
    for (let i = 0; i < count * nEmbd; i++) grown[end + i] = 0.02 * random.normal();
    grown.set(table.subarray(end), end + count * nEmbd);
    values.set(name, grown);
  }
  return GPT.fromValues(gptConfig({ ...model.config, nVocab: nVocab + count }), values);
}
