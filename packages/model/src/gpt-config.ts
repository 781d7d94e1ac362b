/**
 * What a GPT is: a few sizes, and the choices in which the three papers differ.
 *
 * | | GPT-1 | GPT-2 | GPT-3 |
 * | --- | --- | --- | --- |
 * | `norm` | post | pre | pre |
 * | `attention` | dense | dense | dense and banded in turn |
 * | dropout rates | 0.1 | not published | not mentioned |
 *
 * @see GPT-1 section 4.1; GPT-2 section 2.3 and table 2; GPT-3 section 2.1 and table 2.1.
 */
import { InvalidConfigError } from '@gpt-ts/core';
import { type AttentionPattern, checkPattern, DENSE } from '@gpt-ts/kernels';

/** A model. The names are OpenAI's. */
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
  /**
   * Where layer norm stands: `pre`, before each half of a block and once more at the end (GPT-2, GPT-3), or `post`, after
   * each half has been added to the stream, with none at the end (GPT-1). Default `pre`.
   */
  norm: 'pre' | 'post';
  /** What attention may see: block i has pattern `i mod attention.length`. Default: dense everywhere. */
  attention: readonly AttentionPattern[];
  /** What attention's scores are multiplied by. Default `1 / sqrt(dHead)`; 1 in GPT-Neo. */
  scoreScale: number;
  /** `gelu` in its tanh form, as in all of OpenAI's models, or `gelu-exact` with erf, as in nanoGPT. Default `gelu`. */
  activation: 'gelu' | 'gelu-exact';
  /**
   * What turns the stream into logits: `tied`, the token embedding; `untied`, a matrix of its own; `joint`, the one table
   * that GPT-1's fine-tuning code has for tokens and positions, so that positions take part in the softmax. Default `tied`.
   */
  head: 'tied' | 'untied' | 'joint';
  /** Added to the variance in layer norm. Default 1e-5. */
  layerNormEps: number;
  /** Standard deviation of a new model's weights. Default 0.02. */
  initStd: number;
  /** Share of the embeddings' sum that is dropped in training. Default 0. */
  embdPdrop: number;
  /** Share of attention's probabilities that is dropped in training. Default 0. */
  attnPdrop: number;
  /** Share of what each half of a block adds to the stream that is dropped in training. Default 0. */
  residPdrop: number;
}

/** A configuration with the defaults left out. */
export type GPTConfigInput = Pick<GPTConfig, 'nLayer' | 'nHead' | 'nEmbd' | 'nCtx' | 'nVocab'> &
  Partial<GPTConfig>;

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
  return checkedConfig(input, 'config', (field) => field);
}

/** The same for fields that came from a file: `source` and the field's name there go into the errors. */
export function checkedConfig(
  input: Partial<Record<keyof GPTConfig, unknown>>,
  source: string,
  nameOf: (field: keyof GPTConfig) => string,
): GPTConfig {
  const fail = (field: keyof GPTConfig, expected: string, hint?: string): never => {
    throw new InvalidConfigError({ source, field: nameOf(field), expected, received: input[field], hint });
  };
  const size = (field: keyof GPTConfig, fallback?: number): number => {
    const value = input[field] ?? fallback;
    const max = field === 'nLayer' ? MAX_LAYERS : MAX_SIZE;
    const valid = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= max;
    return valid ? (value as number) : fail(field, `an integer from 1 to ${max}`);
  };
  const number = (
    field: keyof GPTConfig,
    fallback: number,
    expected: string,
    valid: (x: number) => boolean,
  ) => {
    const value = input[field] ?? fallback;
    return typeof value === 'number' && valid(value) ? value : fail(field, expected);
  };
  const fraction = (field: keyof GPTConfig, fallback: number): number =>
    number(field, fallback, 'between 0 and 1', (x) => x > 0 && x < 1);
  const rate = (field: keyof GPTConfig): number =>
    number(field, 0, 'a rate from 0 to below 1', (x) => x >= 0 && x < 1);
  const oneOf = <T extends string>(field: keyof GPTConfig, values: readonly [T, ...T[]]): T => {
    const value = values.find((each) => each === (input[field] ?? values[0]));
    return value ?? fail(field, `one of ${values.map((each) => JSON.stringify(each)).join(', ')}`);
  };

  const nLayer = size('nLayer');
  const nHead = size('nHead');
  const nEmbd = size('nEmbd');
  if (input.dHead === undefined && nEmbd % nHead !== 0) {
    const hint = `Use ${Math.ceil(nEmbd / nHead) * nHead}, or give ${nameOf('dHead')}.`;
    fail('nEmbd', `divisible by ${nameOf('nHead')} = ${nHead}`, hint);
  }
  const dHead = size('dHead', nEmbd / nHead);
  return {
    nLayer,
    nHead,
    nEmbd,
    nCtx: size('nCtx'),
    nVocab: size('nVocab'),
    dHead,
    nInner: size('nInner', 4 * nEmbd),
    norm: oneOf('norm', ['pre', 'post']),
    attention: patterns(input.attention ?? [DENSE], (why) =>
      fail('attention', `a list of patterns (${why})`),
    ),
    scoreScale: number('scoreScale', 1 / Math.sqrt(dHead), 'a number above 0', (x) => x > 0 && x < 1e6),
    activation: oneOf('activation', ['gelu', 'gelu-exact']),
    head: oneOf('head', ['tied', 'untied', 'joint']),
    layerNormEps: fraction('layerNormEps', 1e-5),
    initStd: fraction('initStd', 0.02),
    embdPdrop: rate('embdPdrop'),
    attnPdrop: rate('attnPdrop'),
    residPdrop: rate('residPdrop'),
  };
}

function patterns(value: unknown, fail: (why: string) => never): readonly AttentionPattern[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_LAYERS) {
    return fail('one or more, which the blocks take in turn');
  }
  for (const each of value) {
    if (typeof each !== 'object' || each === null) return fail("such as { kind: 'dense' }");
    try {
      checkPattern(each);
    } catch (error) {
      return fail((error as Error).message.replace(/\.$/, ''));
    }
  }
  return value;
}
