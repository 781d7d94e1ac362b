import type { StoredFile, TensorEntry } from '@gpt-ts/core';
import type { GPTConfig } from '../gpt-config.js';
import { gptTsLayout } from './layouts/gpt-ts.js';
import { matchTensors } from './match-tensors.js';

/**
 * Where exactly the parameters of `config` lie in a file that has them by their own names.
 *
 * @param fileName - For error messages.
 * @returns Parts for `tensorPieces`, each with the name of its parameter.
 * @throws InvalidFileError that names the tensor that does not fit.
 */
export function parameterParts(
  file: StoredFile,
  entries: ReadonlyMap<string, TensorEntry>,
  config: GPTConfig,
  fileName: string,
): { parameter: string; file: StoredFile; entry: TensorEntry }[] {
  const found = new Map([...entries].map(([name, entry]) => [name, { file, fileName, entry }]));
  const wanted = {
    tensors: gptTsLayout.tensors(config),
    layout: gptTsLayout,
    nLayer: config.nLayer,
    fileName,
  };
  return matchTensors(found, wanted).map(({ entry, tensor }) => ({
    parameter: tensor.parameter,
    file,
    entry,
  }));
}
