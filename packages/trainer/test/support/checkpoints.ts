/** Checkpoints small enough to be damaged at every byte. */
import { concatBytes, crc32c, MemoryStorage, type Storage } from '@gpt-ts/core';
import { type Parameter, parameter } from '@gpt-ts/kernels';
import { type CheckpointContent, writeCheckpoint } from '../../src/checkpoint/write-checkpoint.js';

/** Values by name as the contents of a checkpoint; the caller disposes the parameters. */
export function contentOf(values: Record<string, Float32Array>): CheckpointContent {
  const tensors = Object.entries(values).map(
    ([name, data]) => [name, parameter(data, [data.length])] as const,
  );
  return {
    metadata: new Map([['recipe', '{"seed":0}']]),
    tensors: new Map(tensors),
    files: new Map([['vocab.bpe', new TextEncoder().encode('#version: 0.2\n')]]),
  };
}

export function disposeAll({ tensors }: { tensors: ReadonlyMap<string, Parameter> }): void {
  for (const each of tensors.values()) each.dispose();
}

/** The bytes of a checkpoint. */
export async function checkpointBytes(step: number, content: CheckpointContent): Promise<Uint8Array> {
  const storage = new MemoryStorage();
  return storage.files.get(await writeCheckpoint(storage, step, content))!;
}

/** A file with any header, and the right checksum at its end: made on purpose, not by accident. */
export function sealed(header: string | Uint8Array, data: Uint8Array, headerBytes?: bigint): Uint8Array {
  const json = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const start = new DataView(new ArrayBuffer(12));
  start.setBigUint64(0, headerBytes ?? BigInt(json.length), true);
  const bytes = concatBytes([new Uint8Array(start.buffer, 0, 8), json, data]);
  start.setUint32(8, crc32c(bytes), true);
  return concatBytes([bytes, new Uint8Array(start.buffer, 8)]);
}

/** A storage that keeps the size of the largest buffer a file was read into. */
export function watchReads(storage: Storage): { storage: Storage; largest: () => number } {
  let largest = 0;
  const watched: Storage = Object.create(storage);
  watched.open = async (name) => {
    const file = await storage.open(name);
    if (file === undefined) return undefined;
    return {
      size: file.size,
      read: (position, target) => {
        largest = Math.max(largest, target.buffer.byteLength);
        return file.read(position, target);
      },
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    };
  };
  return { storage: watched, largest: () => largest };
}
