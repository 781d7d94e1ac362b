/**
 * A model on disk: `config.json` and `model.safetensors`, named as Hugging Face names GPT-2's.
 *
 * @see Hugging Face `modeling_gpt2.py`; the tensor names are those of the published `gpt2` files.
 */
import {
  decodeSafetensors,
  encodeSafetensors,
  InvalidFileError,
  type PlainTensor,
  type Storage,
} from '@gpt-ts/core';
import { gptConfigFromJson, gptConfigToJson } from './config-json.js';
import { GPT } from './gpt.js';
import type { GPTConfig } from './gpt-config.js';
import { parameterShapes } from './parameters.js';

/** File names of a model folder. */
export const CONFIG_FILE = 'config.json';
export const WEIGHTS_FILE = 'model.safetensors';

/** Writes a model; each file is replaced at once. */
export async function saveModel(model: GPT, storage: Storage): Promise<void> {
  const json = `${JSON.stringify(gptConfigToJson(model.config), null, 2)}\n`;
  await storage.write(CONFIG_FILE, [new TextEncoder().encode(json)]);
  // Hugging Face refuses a file that does not say which framework's layout it has.
  await storage.write(WEIGHTS_FILE, encodeSafetensors(await model.values(), new Map([['format', 'pt']])));
}

/**
 * Reads a model.
 *
 * @throws InvalidFileError when a file is missing, damaged, or does not hold exactly the tensors of the config.
 * @throws InvalidConfigError naming file, field and value.
 */
export async function loadModel(storage: Storage): Promise<GPT> {
  const config = await loadConfig(storage);
  const bytes = await storage.read(WEIGHTS_FILE);
  if (bytes === undefined) throw new InvalidFileError({ file: WEIGHTS_FILE, problem: 'the file is missing' });
  const { tensors } = decodeSafetensors(bytes, WEIGHTS_FILE);
  return GPT.fromValues(config, parameterValues(tensors, config, WEIGHTS_FILE));
}

/** Reads `config.json` alone. */
export async function loadConfig(storage: Storage): Promise<GPTConfig> {
  const bytes = await storage.read(CONFIG_FILE);
  if (bytes === undefined) {
    throw new InvalidFileError({
      file: CONFIG_FILE,
      problem: 'the file is missing',
      hint: 'A model folder holds config.json and model.safetensors; `gpt train --out DIR` makes one.',
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new InvalidFileError({ file: CONFIG_FILE, problem: 'not valid JSON', cause });
  }
  return gptConfigFromJson(json, CONFIG_FILE);
}

/** The values of exactly the parameters of `config`, or an error that names the tensor that does not fit. */
export function parameterValues(
  tensors: ReadonlyMap<string, PlainTensor>,
  config: GPTConfig,
  file: string,
): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  for (const [name, shape] of parameterShapes(config)) {
    const stored = tensors.get(name);
    if (stored === undefined)
      throw new InvalidFileError({ file, field: name, problem: 'the tensor is missing' });
    if (!(stored.data instanceof Float32Array) || stored.shape.join() !== shape.join()) {
      throw new InvalidFileError({
        file,
        field: name,
        problem: `expected F32 [${shape.join(', ')}], got [${stored.shape.join(', ')}]`,
        hint: `The weights do not belong to this ${CONFIG_FILE}.`,
      });
    }
    values.set(name, stored.data);
  }
  const extra = [...tensors.keys()].find((name) => !values.has(name));
  if (extra !== undefined) {
    throw new InvalidFileError({ file, field: extra, problem: 'no such tensor in a GPT-2 of this config' });
  }
  return values;
}
