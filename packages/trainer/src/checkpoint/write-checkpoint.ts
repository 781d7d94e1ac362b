import {
  CHECKSUM,
  InvalidArgumentError,
  type LazyTensor,
  type Storage,
  sealedSafetensors,
} from '@gpt-ts/core';
import type { Parameter } from '@gpt-ts/kernels';
import { FILE_PREFIX, FORMAT, isPlainName, MAX_HEADER_BYTES, OWN_KEYS } from './checkpoint-layout.js';
import { checkpointName } from './checkpoint-name.js';

const PIECE_BYTES = 2 ** 20;

/** What goes into a checkpoint. */
export interface CheckpointContent {
  /** Text by key: what rebuilds the run around the tensors. `format` and `step` are taken. */
  metadata: ReadonlyMap<string, string>;
  /** By full name, such as `model.wte.weight`; fetched from the backend one at a time, when they are written. */
  tensors: ReadonlyMap<string, Parameter>;
  /** Small files that belong to the run, such as its tokenizer's: by name, without folders. */
  files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Writes the checkpoint of a step; an older one of that step is replaced at once, or stays when this fails.
 *
 * In JavaScript's memory there are two tensors at most, and dead copies until the engine collects them.
 *
 * @param step - Updates finished.
 * @returns The name of the file.
 * @throws InvalidArgumentError when a name is not free or not plain, or the text is too long.
 * @throws What the storage throws, such as InvalidFileError when the disk is full.
 */
export async function writeCheckpoint(
  storage: Storage,
  step: number,
  content: CheckpointContent,
): Promise<string> {
  const file = checkpointName(step);
  const own = new Map([
    ['format', FORMAT],
    ['step', `${step}`],
  ]);
  for (const key of content.metadata.keys()) assertName('metadata', key, !OWN_KEYS.includes(key));
  const tensors = lazyTensors(content);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let head = true;
    for await (const chunk of sealedSafetensors(tensors, new Map([...own, ...content.metadata]))) {
      if (head) assertHeaderSize(chunk.length - 8);
      head = false;
      yield chunk;
    }
  }
  await storage.write(file, chunks());
  return file;
}

function lazyTensors({ tensors, files }: CheckpointContent): Map<string, LazyTensor> {
  const lazy = new Map<string, LazyTensor>();
  const piece = new Uint8Array(PIECE_BYTES);
  for (const [name, parameter] of tensors) {
    assertName('tensor name', name, name !== CHECKSUM && !name.startsWith(FILE_PREFIX));
    lazy.set(name, { dtype: 'F32', shape: parameter.shape, chunks: () => fetched(parameter, piece) });
  }
  for (const [name, bytes] of files) {
    assertName('file name', name, isPlainName(name));
    lazy.set(`${FILE_PREFIX}${name}`, { dtype: 'U8', shape: [bytes.length], chunks: () => [bytes] });
  }
  return lazy;
}

/** A tensor's bytes as copies in one small buffer: a chunk that somebody still holds does not hold the tensor. */
async function* fetched(parameter: Parameter, piece: Uint8Array): AsyncGenerator<Uint8Array> {
  const { buffer, byteOffset, byteLength } = await parameter.data();
  for (let at = 0; at < byteLength; at += piece.length) {
    const part = piece.subarray(0, Math.min(piece.length, byteLength - at));
    part.set(new Uint8Array(buffer, byteOffset + at, part.length));
    yield part;
  }
}

function assertName(argument: string, name: string, isGood: boolean): void {
  if (isGood) return;
  const expected = argument === 'file name' ? 'a plain name, without folders' : 'a free name';
  throw new InvalidArgumentError({ argument, expected, received: name });
}

function assertHeaderSize(bytes: number): void {
  if (bytes <= MAX_HEADER_BYTES) return;
  const expected = `short enough for a header of ${MAX_HEADER_BYTES} bytes`;
  const hint = 'Put long content into files.';
  throw new InvalidArgumentError({ argument: 'metadata', expected, received: `${bytes} bytes`, hint });
}
