/** From a model, wherever its values are, to files, tensor by tensor. */
import { InvalidArgumentError, type LazyTensor, type Storage, tensorBytes } from '@gpt-ts/core';
import { lastDim } from '@gpt-ts/kernels';
import type { GPTConfig } from '../gpt-config.js';
import { parameterShapes } from '../parameters.js';
import { llmCHeader } from './files/llm-c-file.js';
import { CONFIG_FILE, INDEX_FILE, LLM_C_FILE, SHARD_FILE, WEIGHTS_FILE } from './files/weight-files.js';
import { assertTellable, defaultLayout, hasConfig, layoutOf } from './layouts/all-layouts.js';
import type { FileTensor, Layout, LayoutName } from './layouts/layout.js';
import { encoded, tensorChunks, type WeightDtype } from './tensor-chunks.js';
import { jsonChunks, type WriteFile, writeSafetensors } from './write-safetensors.js';

/** How weights are written. */
export interface WriteOptions {
  /** Default: `gpt2` or `openai-gpt` where these can tell the model, else `gpt-ts`. */
  layout?: LayoutName;
  /** Type of the numbers in the files. Default `F32`. */
  dtype?: WeightDtype;
  /** Bytes of tensors in one safetensors file, at most, unless one tensor alone has more. Default: no limit. */
  maxShardBytes?: number;
  /** Called when a tensor is written, with the bytes written so far and in all. */
  onProgress?(progress: { tensor: string; bytes: number; totalBytes: number }): void;
}

/** What was written. */
export interface WrittenModel {
  layout: LayoutName;
  files: string[];
  /** Bytes of tensors. */
  bytes: number;
}

/** A model whose values come one parameter at a time. */
export interface ValueSource {
  readonly config: GPTConfig;
  values(parameter: string): Promise<Float32Array>;
}

/**
 * Writes the files of a model. What the layout cannot tell is refused before the first of them; files of the model that was
 * there before go when the new ones are whole.
 *
 * @throws InvalidConfigError naming the field that the layout cannot tell.
 * @throws InvalidArgumentError for an option that cannot be, or a bias that the layout has no place for.
 */
export async function writeWeights(
  source: ValueSource,
  storage: Storage,
  options: WriteOptions = {},
): Promise<WrittenModel> {
  const { config } = source;
  const layout = options.layout === undefined ? defaultLayout(config) : layoutOf(options.layout);
  const { dtype = 'F32', maxShardBytes = Number.POSITIVE_INFINITY } = options;
  checkOptions(dtype, maxShardBytes);
  assertTellable(layout, config);
  await assertZeros(layout, source);
  const tensors = layout.tensors(config).filter(({ unwritten }) => !unwritten);
  const totalBytes = tensors.reduce((sum, { shape }) => sum + tensorBytes(dtype, shape), 0);
  const lazy = lazyTensors(tensors, source, dtype, totalBytes, options.onProgress);
  const before = await storage.list();
  const files: string[] = [];
  const write: WriteFile = async (name, chunks) => {
    await storage.write(name, chunks);
    files.push(name);
  };
  if (hasConfig(layout)) {
    await writeSafetensors(lazy, maxShardBytes, before, write);
    await write(CONFIG_FILE, jsonChunks(layout.writeConfig(config))); // last: a failed write leaves the old model whole
  } else await write(LLM_C_FILE, inSequence(llmCHeader(config, dtype), lazy.values()));
  for (const name of replaced(before, files)) await storage.remove(name);
  return { layout: layout.name, files, bytes: totalBytes };
}

/** Files of an older model, in the order in which they may go: whenever this ends, what is left is read as the new one. */
function replaced(before: readonly string[], written: readonly string[]): string[] {
  const shards = before.filter((name) => SHARD_FILE.test(name));
  const all = [CONFIG_FILE, WEIGHTS_FILE, ...shards, INDEX_FILE, LLM_C_FILE]; // a list may leave out links
  return all.filter((name) => !written.includes(name));
}

/** Tensors of a file whose values are fetched when it is their turn; those of one parameter fetch it once. */
function lazyTensors(
  tensors: readonly FileTensor[],
  source: ValueSource,
  dtype: WeightDtype,
  totalBytes: number,
  onProgress: WriteOptions['onProgress'],
): Map<string, LazyTensor> {
  const shapes = parameterShapes(source.config);
  let kept: { parameter: string; values: Float32Array } | undefined;
  let bytes = 0;
  const chunksOf = async function* (tensor: FileTensor) {
    const { name, shape, parameter } = tensor;
    if (kept?.parameter !== parameter) {
      kept = undefined; // one at a time
      kept = { parameter, values: await source.values(parameter) };
    }
    yield* encoded(tensorChunks(tensor, kept.values, lastDim(shapes.get(parameter)!)), dtype, name);
    bytes += tensorBytes(dtype, shape);
    onProgress?.({ tensor: name, bytes, totalBytes });
  };
  return new Map(
    tensors.map((tensor) => [tensor.name, { dtype, shape: tensor.shape, chunks: () => chunksOf(tensor) }]),
  );
}

/** Throws when a parameter that the layout has no tensor for is not zeros. */
async function assertZeros(layout: Layout, { config, values }: ValueSource): Promise<void> {
  const told = new Set(layout.tensors(config).map(({ parameter }) => parameter));
  for (const parameter of parameterShapes(config).keys()) {
    if (told.has(parameter)) continue;
    const value = (await values(parameter)).find((each) => each !== 0);
    if (value === undefined) continue;
    const expected = `zeros: the layout ${layout.name} has no place for it`;
    const hint = 'The layout gpt-ts takes every model.';
    throw new InvalidArgumentError({ argument: parameter, expected, received: value, hint });
  }
}

function checkOptions(dtype: WeightDtype, maxShardBytes: number): void {
  if (!['F32', 'F16', 'BF16'].includes(dtype)) {
    throw new InvalidArgumentError({ argument: 'dtype', expected: 'one of F32, F16, BF16', received: dtype });
  }
  if (!(maxShardBytes >= 1)) {
    const expected = 'a positive number';
    throw new InvalidArgumentError({ argument: 'maxShardBytes', expected, received: maxShardBytes });
  }
}

async function* inSequence(head: Uint8Array, tensors: Iterable<LazyTensor>): AsyncGenerator<Uint8Array> {
  yield head;
  for (const tensor of tensors) yield* tensor.chunks();
}
