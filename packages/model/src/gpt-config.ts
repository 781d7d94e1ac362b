/**
 * What a GPT is, in a few numbers, and their names in Hugging Face's `config.json`.
 *
 * @see GPT-2 section 2.3 and table 2; Hugging Face `configuration_gpt2.py` for the file.
 */
import { InvalidConfigError } from '@gpt-ts/core';

/** Sizes of a model. The names are OpenAI's. */
export interface GPTConfig {
  /** Transformer blocks. */
  nLayer: number;
  /** Attention heads per block. */
  nHead: number;
  /** Width of the residual stream. */
  nEmbd: number;
  /** Longest input, in tokens. */
  nCtx: number;
  /** Vocabulary: ids run from 0 to `nVocab - 1`. */
  nVocab: number;
  /** Width of a head. Default `nEmbd / nHead`. */
  dHead: number;
  /** Width of the MLP's hidden layer. Default `4 * nEmbd`. */
  nInner: number;
  /** Added to the variance in layer norm. Default 1e-5. */
  layerNormEps: number;
  /** Standard deviation of a new model's weights. Default 0.02. */
  initStd: number;
}

/** A configuration with the defaults left out. */
export type GPTConfigInput = Pick<GPTConfig, 'nLayer' | 'nHead' | 'nEmbd' | 'nCtx' | 'nVocab'> &
  Partial<GPTConfig>;

/** Field names in `config.json`. `d_head` is ours: Hugging Face has no name for it and derives it. */
const FILE_NAMES: Record<keyof GPTConfig, string> = {
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

const MAX_SIZE = 2 ** 24; // no published GPT comes near it; larger is a damaged file
const MAX_LAYERS = 2 ** 12; // each has 12 tensors, which are listed before a file is compared with them

/**
 * Checks a configuration and fills in the defaults.
 *
 * @throws InvalidConfigError naming the field and its value.
 * @example
 * gptConfig({ nLayer: 2, nHead: 2, nEmbd: 8, nCtx: 4, nVocab: 10 }).dHead; // => 4
 */
export function gptConfig(input: GPTConfigInput): GPTConfig {
  return checked(input, 'config', (field) => field);
}

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
  return checked(input, file, (field) => FILE_NAMES[field]);
}

/** The content of a `config.json` that Hugging Face's GPT-2 reads too. */
export function gptConfigToJson(config: GPTConfig): Record<string, unknown> {
  const { dHead, ...rest } = config;
  const fields = Object.entries(rest).map(([ours, value]) => [FILE_NAMES[ours as keyof GPTConfig], value]);
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

function checked(
  input: Partial<Record<keyof GPTConfig, unknown>>,
  source: string,
  nameOf: (field: keyof GPTConfig) => string,
): GPTConfig {
  const size = (field: keyof GPTConfig, fallback?: number): number => {
    const value = input[field] ?? fallback;
    const max = field === 'nLayer' ? MAX_LAYERS : MAX_SIZE;
    if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > max) {
      const expected = `an integer from 1 to ${max}`;
      throw new InvalidConfigError({ source, field: nameOf(field), expected, received: value });
    }
    return value as number;
  };
  const nLayer = size('nLayer');
  const nHead = size('nHead');
  const nEmbd = size('nEmbd');
  if (input.dHead === undefined && nEmbd % nHead !== 0) {
    throw new InvalidConfigError({
      source,
      field: nameOf('nEmbd'),
      expected: `divisible by ${nameOf('nHead')} = ${nHead}`,
      received: nEmbd,
      hint: `Use ${Math.ceil(nEmbd / nHead) * nHead}, or give ${nameOf('dHead')}.`,
    });
  }
  const fraction = (field: keyof GPTConfig, fallback: number): number => {
    const value = input[field] ?? fallback;
    if (typeof value !== 'number' || !(value > 0 && value < 1)) {
      throw new InvalidConfigError({
        source,
        field: nameOf(field),
        expected: 'between 0 and 1',
        received: value,
      });
    }
    return value;
  };
  return {
    nLayer,
    nHead,
    nEmbd,
    nCtx: size('nCtx'),
    nVocab: size('nVocab'),
    dHead: size('dHead', nEmbd / nHead),
    nInner: size('nInner', 4 * nEmbd),
    layerNormEps: fraction('layerNormEps', 1e-5),
    initStd: fraction('initStd', 0.02),
  };
}
