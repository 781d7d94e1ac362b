/** A configuration as `config.json` has it, in the words of the layout that it names. */
import { InvalidConfigError } from '@gpt-ts/core';
import type { GPTConfig } from '../gpt-config.js';
import { defaultLayout, layoutOfConfig } from './layouts/all-layouts.js';

/**
 * Reads the content of a `config.json`: Hugging Face's of GPT-1, GPT-2 and GPT-Neo, nanoGPT's `model_args`, or ours.
 *
 * Fields that change no number are left alone.
 *
 * @param file - Its name, for error messages.
 * @throws InvalidConfigError naming file, field and value.
 */
export function gptConfigFromJson(json: unknown, file: string): GPTConfig {
  const fields = configFields(json, file);
  return layoutOfConfig(fields, file).readConfig(fields, file);
}

/** The content of a `config.json`: of Hugging Face's GPT-2 or GPT-1 where these can tell the model, else ours. */
export function gptConfigToJson(config: GPTConfig): Record<string, unknown> {
  return defaultLayout(config).writeConfig(config);
}

/** The fields of a JSON object. */
export function configFields(json: unknown, source: string): Readonly<Record<string, unknown>> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>;
  throw new InvalidConfigError({ source, field: 'the file', expected: 'a JSON object', received: json });
}
