import type { Storage } from '@gpt-ts/core';
import type { GPTConfig } from '../gpt-config.js';
import { parameterShapes } from '../parameters.js';
import { OpenFiles } from './files/open-files.js';
import { partsByParameter } from './match-tensors.js';
import { type ModelSource, openModel, type StoredModel } from './open-model.js';
import { wholeParameter } from './parameter-pieces.js';
import { type WriteOptions, type WrittenModel, writeWeights } from './write-weights.js';

/** What was read and written. */
export interface Conversion extends WrittenModel {
  from: StoredModel['layout'];
  config: GPTConfig;
}

/**
 * Writes a model's weights in another layout, or with other numbers, without making the model: the largest tensor is all that
 * is ever in memory.
 *
 * @throws InvalidFileError and InvalidConfigError as `loadModel` does.
 * @throws InvalidConfigError naming the field that the layout cannot tell.
 * @throws InvalidArgumentError for an option that cannot be, or a bias that the layout has no place for.
 * @example
 * await convertWeights(new FolderStorage('gpt2'), new FolderStorage('gpt2-bf16'), { dtype: 'BF16' });
 */
export async function convertWeights(
  from: Storage,
  to: Storage,
  { file, nHead, ...options }: ModelSource & WriteOptions = {},
): Promise<Conversion> {
  await using opened = new OpenFiles();
  const { layout, config, parts } = await openModel(from, opened, { file, nHead });
  const groups = partsByParameter(parts);
  const shapes = parameterShapes(config);
  const values = (parameter: string) => wholeParameter(groups.get(parameter) ?? [], shapes, parameter);
  return { from: layout, config, ...(await writeWeights({ config, values }, to, options)) };
}
