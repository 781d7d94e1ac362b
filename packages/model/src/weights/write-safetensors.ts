import { type LazyTensor, type Storage, streamSafetensors, tensorBytes } from '@gpt-ts/core';
import { INDEX_FILE, SHARD_FILE, WEIGHTS_FILE } from './files/weight-files.js';

/** Writes one file. */
export type WriteFile = (name: string, chunks: Parameters<Storage['write']>[1]) => Promise<void>;

/**
 * Writes tensors into `model.safetensors`, or into shards and then their index.
 *
 * @param maxShardBytes - Bytes of tensors in one file, at most, unless one tensor alone has more.
 * @param taken - Names of files there are: shards never replace shards, which an older index may name.
 */
export async function writeSafetensors(
  tensors: ReadonlyMap<string, LazyTensor>,
  maxShardBytes: number,
  taken: readonly string[],
  write: WriteFile,
): Promise<void> {
  const format = new Map([['format', 'pt']]); // Hugging Face refuses a file that does not say whose layout it has
  const shards = shardsOf(tensors, maxShardBytes);
  if (shards.length === 1) {
    await write(WEIGHTS_FILE, streamSafetensors(shards[0], format));
    return;
  }
  const series = freeSeries(taken);
  const weightMap: [string, string][] = [];
  for (const [i, shard] of shards.entries()) {
    const number = (n: number) => `${n}`.padStart(5, '0');
    const name = `model-${series}${number(i + 1)}-of-${number(shards.length)}.safetensors`;
    await write(name, streamSafetensors(shard, format));
    for (const tensor of shard.keys()) weightMap.push([tensor, name]);
  }
  const total = [...tensors.values()].reduce((sum, { dtype, shape }) => sum + tensorBytes(dtype, shape), 0);
  const index = { metadata: { total_size: total }, weight_map: Object.fromEntries(weightMap) };
  await write(INDEX_FILE, jsonChunks(index));
}

/** What tells new shards from those that the old index names: nothing, `2-`, `3-` ... */
function freeSeries(names: readonly string[]): string {
  const shards = names.map((name) => SHARD_FILE.exec(name)).filter((match) => match !== null);
  const taken = new Set(shards.map(([, series = '']) => series));
  let series = '';
  for (let n = 2; taken.has(series); n++) series = `${n}-`;
  return series;
}

/** Tensors in order, in as few files as hold them. */
function shardsOf(tensors: ReadonlyMap<string, LazyTensor>, maxBytes: number): Map<string, LazyTensor>[] {
  const shards: Map<string, LazyTensor>[] = [];
  let room = -1;
  for (const [name, tensor] of tensors) {
    const bytes = tensorBytes(tensor.dtype, tensor.shape);
    if (bytes > room) {
      shards.push(new Map());
      room = maxBytes;
    }
    shards.at(-1)!.set(name, tensor);
    room -= bytes;
  }
  return shards;
}

/** A value as the text of a file. */
export function jsonChunks(value: unknown): Uint8Array[] {
  return [new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)];
}
