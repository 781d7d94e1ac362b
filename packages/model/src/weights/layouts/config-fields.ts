/** Reading `config.json` field by field, with the names that the file has. */
import { InvalidConfigError } from '@gpt-ts/core';
import { checkedConfig, type GPTConfig } from '../../gpt-config.js';

/** A file's name for some of our fields. */
export type FieldNames = Partial<Record<keyof GPTConfig, string>>;

/** Our names and what OpenAI's models are called by in Hugging Face's files. */
export const HF_NAMES: FieldNames = {
  nLayer: 'n_layer',
  nHead: 'n_head',
  nEmbd: 'n_embd',
  nCtx: 'n_positions',
  nVocab: 'vocab_size',
  layerNormEps: 'layer_norm_epsilon',
  initStd: 'initializer_range',
  embdPdrop: 'embd_pdrop',
  attnPdrop: 'attn_pdrop',
  residPdrop: 'resid_pdrop',
};

/** Reads the named fields; `given` are those that follow from something else. */
export function readFields(
  fields: Readonly<Record<string, unknown>>,
  names: FieldNames,
  given: Partial<GPTConfig>,
  source: string,
): GPTConfig {
  const named = Object.entries(names).map(([ours, theirs]) => [ours, fields[theirs] ?? undefined]); // null: the default
  return checkedConfig({ ...Object.fromEntries(named), ...given }, source, (field) => names[field] ?? field);
}

/** The named fields of a config. */
export function writeFields(config: GPTConfig, names: FieldNames): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(names).map(([ours, theirs]) => [theirs, config[ours as keyof GPTConfig]]),
  );
}

/**
 * Throws unless a field is left out or has one of these values: with any other, the model would compute something else.
 *
 * @returns The value, or the first of `allowed`.
 */
export function expectField<T>(
  fields: Readonly<Record<string, unknown>>,
  field: string,
  allowed: readonly T[],
  source: string,
): T {
  const received = fields[field] ?? allowed[0];
  if (allowed.includes(received as T)) return received as T;
  const expected = allowed.map((each) => JSON.stringify(each)).join(' or ');
  throw new InvalidConfigError({ source, field, expected, received });
}
