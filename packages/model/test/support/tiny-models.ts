/** Small models of every kind, as values that no backend has seen. */
import { Random } from '@gpt-ts/core';
import {
  type GPTConfig,
  type GPTConfigInput,
  gptConfig,
  type LayoutName,
  parameterShapes,
} from '@gpt-ts/model';

const sizes = { nLayer: 2, nHead: 2, nEmbd: 8, nCtx: 6, nVocab: 5 };
const exact = { activation: 'gelu-exact' } as const;
const turns = { attention: [{ kind: 'dense' }, { kind: 'banded', window: 3 }] } as const;

/** What each layout can tell: name, layout, config. */
export const TELLABLE: readonly [string, LayoutName, GPTConfigInput][] = [
  ['GPT-2', 'gpt2', sizes],
  ['GPT-2, untied', 'gpt2', { ...sizes, head: 'untied' }],
  ['GPT-2, exact GELU, unscaled', 'gpt2', { ...sizes, ...exact, scoreScale: 1 }],
  ['GPT-2, narrow MLP', 'gpt2', { ...sizes, nInner: 3 }],
  ['GPT-1', 'openai-gpt', { ...sizes, norm: 'post', embdPdrop: 0.1 }],
  ['GPT-1, one table', 'openai-gpt', { ...sizes, norm: 'post', head: 'joint' }],
  ['GPT-1, untied', 'openai-gpt', { ...sizes, norm: 'post', head: 'untied' }],
  ['GPT-Neo', 'gpt_neo', { ...sizes, ...turns, scoreScale: 1 }],
  ['GPT-Neo, untied', 'gpt_neo', { ...sizes, nLayer: 3, ...turns, scoreScale: 1, head: 'untied' }],
  ['nanoGPT', 'nanogpt', { ...sizes, ...exact }],
  ['llm.c', 'llm.c', sizes],
  ['llm.c, a full vocabulary', 'llm.c', { ...sizes, nVocab: 128 }],
  ['GPT-3', 'gpt-ts', { ...sizes, ...turns }],
  ['GPT-3, untied', 'gpt-ts', { ...sizes, ...turns, head: 'untied' }],
  ['GPT-2, one table', 'gpt-ts', { ...sizes, head: 'joint' }],
  ['heads of a width of their own', 'gpt-ts', { ...sizes, dHead: 3 }],
  ['GPT-1 with exact GELU', 'gpt-ts', { ...sizes, ...exact, norm: 'post' }],
];

/** Values for every parameter of a config, with the odd ones among them. What GPT-Neo has no biases for is zeros. */
export function randomValues(config: GPTConfig, layout: LayoutName, seed: number): Map<string, Float32Array> {
  const odd = [-0, 1e-45, -3e38, Number.POSITIVE_INFINITY];
  const zeros = layout === 'gpt_neo' ? '.attn.c_attn.bias' : undefined;
  return new Map(
    [...parameterShapes(config)].map(([name, shape]) => {
      const random = new Random(seed, name);
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal());
      if (zeros !== undefined && name.endsWith(zeros)) return [name, values.fill(0)];
      values[random.int(values.length)] = odd[random.int(odd.length)];
      return [name, values];
    }),
  );
}

/** The config with a pattern for each layer: the same model may be told in turns or layer by layer. */
export function everyLayer(input: GPTConfigInput): GPTConfig {
  const config = gptConfig(input);
  const attention = Array.from(
    { length: config.nLayer },
    (_, i) => config.attention[i % config.attention.length],
  );
  return { ...config, attention };
}
