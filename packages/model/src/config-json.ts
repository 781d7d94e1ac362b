/** A configuration as Hugging Face's `config.json` has it. */
import { InvalidConfigError } from '@gpt-ts/core';
import { checkedConfig, type GPTConfig } from './gpt-config.js';

/** Field names in `config.json`. `d_head` is ours: Hugging Face has no name for it and derives it. */
const FILE_NAMES: Partial<Record<keyof GPTConfig, string>> = {
  nLayer: 'n_layer',
  nHead: 'n_head',
  nEmbd: 'n_embd',
  nCtx: 'n_positions',
  nVocab: 'vocab_size',
  dHead: 'd_head',
  nInner: 'n_inner',
  layerNormEps: 'layer_norm_epsilon',
  initStd: 'initializer_range',
};

/** Reads the content of a `config.json`. Fields gpt-ts does not use are left alone. */
export function gptConfigFromJson(json: unknown, file: string): GPTConfig {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new InvalidConfigError({
      source: file,
      field: 'the file',
      expected: 'a JSON object',
      received: json,
    });
  }
  const fields = json as Record<string, unknown>;
  const expected: [string, unknown][] = [
    ['activation_function', 'gelu_new'],
    ['tie_word_embeddings', true],
    ['bias', true],
  ];
  for (const [field, value] of expected) {
    if (fields[field] !== undefined && fields[field] !== value) {
      const received = fields[field];
      throw new InvalidConfigError({ source: file, field, expected: JSON.stringify(value), received });
    }
  }
  const input = Object.fromEntries(
    Object.entries(FILE_NAMES).map(([ours, theirs]) => [ours, fields[theirs] ?? undefined]), // n_inner may be null
  );
  return checkedConfig(input, file, (field) => FILE_NAMES[field] ?? field);
}

/** The content of a `config.json` that Hugging Face's GPT-2 reads too. */
export function gptConfigToJson(config: GPTConfig): Record<string, unknown> {
  const { dHead, ...rest } = config;
  const fields = Object.entries(rest).flatMap(([ours, value]) => {
    const name = FILE_NAMES[ours as keyof GPTConfig];
    return name ? [[name, value]] : [];
  });
  return {
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    ...Object.fromEntries(fields),
    ...(dHead === config.nEmbd / config.nHead ? {} : { d_head: dHead }),
    n_ctx: config.nCtx,
    activation_function: 'gelu_new',
    tie_word_embeddings: true,
  };
}
