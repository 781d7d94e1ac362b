/** The tensors of a model in one safetensors file, or in several with an index. */
import {
  InvalidFileError,
  openSafetensors,
  type Storage,
  type StoredFile,
  show,
  tensorBytes,
} from '@gpt-ts/core';
import type { FoundTensor } from './found-tensor.js';
import type { OpenFiles } from './open-files.js';
import { readJson } from './read-json.js';
import { INDEX_FILE, WEIGHTS_FILE } from './weight-files.js';

/**
 * Opens the weights of a folder; the files belong to `opened` from here on. `model.safetensors` goes before an index, as with
 * Hugging Face.
 *
 * @param file - The file to read instead of `model.safetensors` or what its index names.
 * @throws InvalidFileError when a file is missing or damaged, or the index is not true of its files.
 */
export async function openSafetensorsFiles(
  storage: Storage,
  opened: OpenFiles,
  file?: string,
): Promise<Map<string, FoundTensor>> {
  if (file !== undefined) return await openOne(storage, opened, file);
  const single = await storage.open(WEIGHTS_FILE);
  if (single !== undefined) return await tensorsOf(opened.add(single), WEIGHTS_FILE);
  const index = await readJson(storage, INDEX_FILE);
  if (index !== undefined) return await openShards(storage, opened, index);
  throw new InvalidFileError({ file: WEIGHTS_FILE, problem: 'the file is missing' });
}

async function openOne(
  storage: Storage,
  opened: OpenFiles,
  fileName: string,
): Promise<Map<string, FoundTensor>> {
  const file = await storage.open(fileName);
  if (file === undefined) throw new InvalidFileError({ file: fileName, problem: 'the file is missing' });
  return await tensorsOf(opened.add(file), fileName);
}

async function tensorsOf(file: StoredFile, fileName: string): Promise<Map<string, FoundTensor>> {
  const { entries } = await openSafetensors(file, fileName);
  return new Map([...entries].map(([name, entry]) => [name, { file, fileName, entry }]));
}

async function openShards(
  storage: Storage,
  opened: OpenFiles,
  index: unknown,
): Promise<Map<string, FoundTensor>> {
  const shardOf = weightMap(index);
  const found = new Map<string, FoundTensor>();
  for (const shard of new Set(shardOf.values())) {
    for (const [name, tensor] of await openOne(storage, opened, shard)) {
      if (shardOf.get(name) !== shard) {
        const problem = `${INDEX_FILE} says it is in ${shardOf.get(name) ?? 'no file'}`;
        throw new InvalidFileError({ file: shard, field: name, problem });
      }
      found.set(name, tensor);
    }
  }
  for (const [name, shard] of shardOf) {
    if (found.has(name)) continue;
    const problem = `the tensor is missing, but ${INDEX_FILE} says it is here`;
    throw new InvalidFileError({ file: shard, field: name, problem });
  }
  checkTotal(index, found);
  return found;
}

/** Tensor to file, of an index that has nothing else in it. */
function weightMap(index: unknown): Map<string, string> {
  const map = (index as { weight_map?: unknown } | null)?.weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    const problem = `must be an object from tensor to file, got ${show(map)}`;
    throw new InvalidFileError({ file: INDEX_FILE, field: 'weight_map', problem });
  }
  const entries = Object.entries(map);
  for (const [field, shard] of entries) {
    if (typeof shard === 'string' && /^[^/\\:\0]+\.safetensors$/.test(shard)) continue;
    const problem = `must be a .safetensors file of this folder, got ${show(shard)}`;
    throw new InvalidFileError({ file: INDEX_FILE, field, problem });
  }
  return new Map(entries);
}

function checkTotal(index: unknown, found: ReadonlyMap<string, FoundTensor>): void {
  const said = (index as { metadata?: { total_size?: unknown } | null }).metadata?.total_size;
  if (said === undefined) return;
  let total = 0;
  for (const { entry } of found.values()) total += tensorBytes(entry.dtype, entry.shape);
  if (said === total) return;
  const problem = `is ${show(said)}, but the files hold ${total} bytes of tensors`;
  throw new InvalidFileError({ file: INDEX_FILE, field: 'metadata.total_size', problem });
}
