/**
 * The tensors of a model: names and shapes as in the published checkpoints, and their first values.
 *
 * @see openai/gpt-2 `src/model.py`; Hugging Face `modeling_gpt2.py` for the names.
 */
import { Random } from '@gpt-ts/core';
import { sizeOf } from '@gpt-ts/kernels';
import type { GPTConfig } from './gpt-config.js';

/** Name to shape, in the order in which a run through the model meets them. Weights are `[in, out]`. */
export function parameterShapes(config: GPTConfig): Map<string, number[]> {
  const { nLayer, nHead, nEmbd: c, nCtx, nVocab, dHead, nInner, norm: place, head } = config;
  const a = nHead * dHead;
  const shapes = new Map<string, number[]>();
  const norm = (name: string) => shapes.set(`${name}.weight`, [c]).set(`${name}.bias`, [c]);
  const linear = (name: string, from: number, to: number) =>
    shapes.set(`${name}.weight`, [from, to]).set(`${name}.bias`, [to]);
  if (head === 'joint') shapes.set('we.weight', [nVocab + nCtx, c]);
  else shapes.set('wte.weight', [nVocab, c]).set('wpe.weight', [nCtx, c]);
  for (let i = 0; i < nLayer; i++) {
    if (place === 'pre') norm(`h.${i}.ln_1`);
    linear(`h.${i}.attn.c_attn`, c, 3 * a);
    linear(`h.${i}.attn.c_proj`, a, c);
    if (place === 'post') norm(`h.${i}.ln_1`);
    if (place === 'pre') norm(`h.${i}.ln_2`);
    linear(`h.${i}.mlp.c_fc`, c, nInner);
    linear(`h.${i}.mlp.c_proj`, nInner, c);
    if (place === 'post') norm(`h.${i}.ln_2`);
  }
  if (place === 'pre') norm('ln_f');
  if (head === 'untied') shapes.set('lm_head.weight', [nVocab, c]);
  return shapes;
}

/** How many numbers a model learns; an output head that is tied to the embedding is counted once. */
export function countParameters(config: GPTConfig): number {
  let count = 0;
  for (const shape of parameterShapes(config).values()) count += sizeOf(shape);
  return count;
}

/**
 * First values of every tensor: weights and embeddings N(0, s), gains 1, biases 0, with s = `initStd`, 0.02 unless the
 * config says otherwise. With pre-norm, the two projections that write to the residual stream are N(0, s / sqrt(2 nLayer)).
 *
 * GPT-2's paper scales by 1/sqrt(N), "N the number of residual layers"; two writes a block make N = 2 nLayer, as in
 * nanoGPT, llm.c and Hugging Face. GPT-1 does not scale. Every tensor draws from a stream of its own name.
 *
 * @see GPT-2 section 2.3; GPT-1 section 4.1 for 0.02.
 */
export function initialParameters(config: GPTConfig, seed: number): Map<string, Float32Array> {
  const { initStd, nLayer, norm } = config;
  const values = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(config)) {
    const data = new Float32Array(sizeOf(shape));
    if (shape.length === 2) {
      const random = new Random(seed, `init ${name}`);
      const scaled = norm === 'pre' && name.endsWith('c_proj.weight');
      const std = scaled ? initStd / Math.sqrt(2 * nLayer) : initStd;
      for (let i = 0; i < data.length; i++) data[i] = std * random.normal();
    } else if (name.endsWith('.weight')) {
      data.fill(1);
    }
    values.set(name, data);
  }
  return values;
}
