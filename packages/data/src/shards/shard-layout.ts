/**
 * What a shard holds. It is a sealed safetensors file: every tool that reads safetensors reads it, and its last tensor says
 * whether it is whole.
 *
 * | part | type | what it is |
 * | --- | --- | --- |
 * | `format` | text | `gpt-ts shard 1` |
 * | `nVocab` | text | ids are 0 to `nVocab - 1` |
 * | `eotId` | text | the id that stands between documents; left out when there is none |
 * | `shard` | text | which part of the whole this is, from 0 |
 * | `last` | text | `true` where no other follows, else `false` |
 * | `documents` | `U32` `[documents]` | where in `ids` each document that begins here begins, ascending |
 * | `ids` | `U16` or `U32` `[tokens]` | documents end to end, without end-of-text; 16 bits where `nVocab` is 65,536 or less |
 * | `checksum` | `U8` `[4]` | the CRC-32C of all bytes before it |
 *
 * Numbers are little-endian, text is in the header's `__metadata__`. A document goes on into the next shard when its own is full.
 */
import {
  CHECKSUM,
  CHECKSUM_BYTES,
  InvalidFileError,
  openSafetensors,
  type StoredFile,
  type TensorEntry,
} from '@gpt-ts/core';

export const FORMAT = 'gpt-ts shard 1';
/** Room for its texts and three tensors, many times over. */
const MAX_HEADER_BYTES = 4096;
/** Ids fit into an `Int32Array`. */
export const MAX_VOCAB: number = 2 ** 31 - 1;
/** Places fit into `U32`. */
export const MAX_SHARD_TOKENS: number = 2 ** 31 - 1;

/** What a shard says of itself. */
export interface ShardLayout {
  readonly nVocab: number;
  readonly eotId: number | undefined;
  readonly shard: number;
  readonly last: boolean;
  readonly documents: TensorEntry;
  readonly ids: TensorEntry;
}

/** `U16` where all ids fit. */
export function dtypeOf(nVocab: number): 'U16' | 'U32' {
  return nVocab <= 2 ** 16 ? 'U16' : 'U32';
}

/**
 * The name of a shard.
 *
 * @example
 * shardName('train', 3); // => 'train-00003.safetensors'
 */
export function shardName(name: string, shard: number): string {
  return `${name}-${`${shard}`.padStart(5, '0')}.safetensors`;
}

/** Those of `names` that are shards of `name`, in their order. */
export function shardNames(names: readonly string[], name: string): string[] {
  const number = (each: string) => Number(each.slice(name.length + 1, -'.safetensors'.length));
  return names
    .filter((each) => /^\d+$/.test(each.slice(name.length + 1, -'.safetensors'.length)))
    .filter((each) => shardName(name, number(each)) === each)
    .sort((a, b) => number(a) - number(b));
}

/**
 * Reads and checks what is in front of the ids, but for the places of documents.
 *
 * @throws {@link InvalidFileError} naming the part that no shard has.
 */
export async function readShardLayout(file: StoredFile, name: string): Promise<ShardLayout> {
  const { metadata, entries } = await openSafetensors(file, name, { maxHeaderBytes: MAX_HEADER_BYTES });
  const fail = (field: string | undefined, problem: string, hint?: string): never => {
    throw new InvalidFileError({ file: name, field, problem, hint });
  };
  const format = metadata.get('format');
  if (format !== FORMAT) {
    const problem = format?.startsWith('gpt-ts shard ')
      ? `the format "${format}" is not known`
      : 'is not a shard';
    fail(undefined, problem, `This program reads "${FORMAT}".`);
  }
  const integer = (field: string, max: number): number => {
    const text = metadata.get(field) ?? 'nothing';
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    return value <= max ? value : fail(field, `expected an integer from 0 to ${max}, got ${text}`);
  };
  const nVocab = integer('nVocab', MAX_VOCAB);
  const eotId = metadata.has('eotId') ? integer('eotId', nVocab - 1) : undefined;
  const shard = integer('shard', 2 ** 31);
  const last = metadata.get('last');
  if (last !== 'true' && last !== 'false') fail('last', `expected true or false, got ${last ?? 'nothing'}`);

  const parts = [...entries.keys()];
  if (parts.join() !== `documents,ids,${CHECKSUM}`) {
    fail(undefined, `expected documents, ids and ${CHECKSUM}, got ${parts.join(', ') || 'nothing'}`);
  }
  const entry = (field: string, dtype: string): TensorEntry => {
    const found = entries.get(field)!;
    if (found.dtype !== dtype) fail(field, `expected ${dtype}, got ${found.dtype}`);
    if (found.shape.length !== 1) fail(field, `expected one dimension, got [${found.shape.join(', ')}]`);
    return found;
  };
  const documents = entry('documents', 'U32');
  const ids = entry('ids', dtypeOf(nVocab));
  if (ids.shape[0] < 1 || ids.shape[0] > MAX_SHARD_TOKENS) {
    fail('ids', `expected 1 to ${MAX_SHARD_TOKENS}, got ${ids.shape[0]}`);
  }
  const checksum = entry(CHECKSUM, 'U8');
  if (checksum.shape[0] !== CHECKSUM_BYTES) {
    fail(CHECKSUM, `expected ${CHECKSUM_BYTES} bytes, got ${checksum.shape[0]}`);
  }
  return { nVocab, eotId, shard, last: last === 'true', documents, ids };
}
