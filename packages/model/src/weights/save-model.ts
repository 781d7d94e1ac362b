import type { Storage } from '@gpt-ts/core';
import type { GPT } from '../gpt.js';
import { type WriteOptions, type WrittenModel, writeWeights } from './write-weights.js';

/**
 * Writes a model; each file is replaced at once, and one parameter at a time is in JavaScript's memory.
 *
 * Over a model of the same config: killed at any moment, the storage holds the old one or the new one. With another config,
 * there is a moment between the last file of weights and `config.json` when the two do not belong together.
 *
 * @param options - `layout` defaults to Hugging Face's of GPT-2 or GPT-1 where these can tell the model, else ours.
 * @throws InvalidConfigError naming the field that the layout cannot tell.
 * @throws InvalidArgumentError for an option that cannot be, or a bias that the layout has no place for.
 * @example
 * await saveModel(model, new FolderStorage('mine')); // config.json and model.safetensors
 */
export async function saveModel(
  model: GPT,
  storage: Storage,
  options: WriteOptions = {},
): Promise<WrittenModel> {
  const values = async (name: string) => (await model.parameters.get(name)!.data()) as Float32Array;
  return await writeWeights({ config: model.config, values }, storage, options);
}
