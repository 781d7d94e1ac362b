/** From files to a model, in pieces of a few megabytes: what is in memory is the model, not its files. */
import type { Storage } from '@gpt-ts/core';
import { dispose, emptyParameter, memory, type Parameter, writeParameter } from '@gpt-ts/kernels';
import { ModelTooLargeError } from '../errors/model-too-large-error.js';
import { GPT } from '../gpt.js';
import type { GPTConfig } from '../gpt-config.js';
import { countParameters, parameterShapes } from '../parameters.js';
import { OpenFiles } from './files/open-files.js';
import { type ModelSource, openModel } from './open-model.js';
import { parameterPieces } from './parameter-pieces.js';

/** Where a model is and may go. */
export interface LoadOptions extends ModelSource {
  /** Bytes that the backend may hold in all. Default: 4 GiB, the most that a WebAssembly memory can have. */
  memoryLimitBytes?: number;
}

/**
 * Reads a model onto the current backend.
 *
 * What kind of files there are is seen from `config.json` (Hugging Face's GPT-1, GPT-2 and GPT-Neo, nanoGPT's `model_args`,
 * or ours; with `model.safetensors` or shards and an index), from `params_shapes.json` (OpenAI's GPT-1 release) or from
 * `model.bin` (llm.c). Float16 and bfloat16 become float32 exactly.
 *
 * @throws InvalidFileError when a file is missing, damaged, or does not hold exactly the tensors of the config.
 * @throws InvalidConfigError naming file, field and value.
 * @throws {@link ModelTooLargeError} before anything is allocated, when there is no room.
 * @example
 * using model = await loadModel(new FolderStorage('gpt2'));
 */
export async function loadModel(
  storage: Storage,
  { memoryLimitBytes = 2 ** 32, ...source }: LoadOptions = {},
): Promise<GPT> {
  await using opened = new OpenFiles();
  const check = (config: GPTConfig) => assertRoom(config, memoryLimitBytes);
  const { config, parts } = await openModel(storage, opened, source, check);
  const shapes = parameterShapes(config);
  const made = new Map<string, Parameter>();
  const parameter = (name: string): Parameter => {
    const known = made.get(name) ?? emptyParameter(shapes.get(name)!); // while the next piece is being read
    made.set(name, known);
    return known;
  };
  try {
    for await (const { parameter: name, offset, values } of parameterPieces(parts, shapes)) {
      writeParameter(parameter(name), offset, values);
    }
    const parameters = new Map([...shapes.keys()].map((name) => [name, parameter(name)])); // in our order
    return GPT.fromParameters(config, parameters);
  } catch (error) {
    dispose(made.values());
    throw error;
  }
}

/** Throws when the backend has no room for a model beside what it holds. */
function assertRoom(config: GPTConfig, memoryLimitBytes: number): void {
  const parameters = countParameters(config);
  const availableBytes = Math.max(0, memoryLimitBytes - memory().numBytes);
  if (4 * parameters > availableBytes) throw new ModelTooLargeError({ parameters, availableBytes });
}
