/** Files whose bytes are there when they are asked for, so that a window of ids is one read and needs no waiting. */
import { InvalidFileError, type StoredFile } from '@gpt-ts/core';

/**
 * An open file. `openFile` of `@gpt-ts/data/node` gives one on disk, {@link bytesFile} one in memory, {@link blobFile} one of a
 * browser; a `FileSystemSyncAccessHandle` becomes one in three lines.
 */
export interface SyncFile extends Disposable {
  /** What errors call it. */
  readonly name: string;
  /** Bytes in all. */
  readonly size: number;
  /**
   * Fills `target` with the bytes from `position` on.
   *
   * @throws InvalidFileError when the file ends before `target` does.
   */
  read(position: number, target: Uint8Array): void;
}

/** Bytes in memory as a file, such as `new Uint8Array(await response.arrayBuffer())`. They are not copied. */
export function bytesFile(bytes: Uint8Array, name: string): SyncFile {
  return {
    name,
    size: bytes.length,
    read(position, target) {
      assertInside({ name, size: bytes.length }, position, target);
      target.set(bytes.subarray(position, position + target.length));
    },
    [Symbol.dispose]() {},
  };
}

/** What Web Workers have and pages have not. */
interface BlobReader {
  readAsArrayBuffer(blob: Blob): ArrayBuffer;
}

/**
 * A browser's `Blob` or `File` as a file. In a Web Worker it stays where it is, and its parts are read when they are wanted;
 * elsewhere nothing can be read without waiting, and all of it is loaded.
 *
 * @example
 * const shards = await openShards([await blobFile(input.files[0], 'train-00000.safetensors')]);
 */
export async function blobFile(blob: Blob, name: string): Promise<SyncFile> {
  const { FileReaderSync } = globalThis as { FileReaderSync?: new () => BlobReader };
  if (FileReaderSync === undefined) return bytesFile(new Uint8Array(await blob.arrayBuffer()), name);
  const reader = new FileReaderSync();
  return {
    name,
    size: blob.size,
    read(position, target) {
      assertInside({ name, size: blob.size }, position, target);
      target.set(new Uint8Array(reader.readAsArrayBuffer(blob.slice(position, position + target.length))));
    },
    [Symbol.dispose]() {},
  };
}

/** @throws InvalidFileError when a file ends before what is wanted of it. */
function assertInside(file: { name: string; size: number }, position: number, target: Uint8Array): void {
  const { name, size } = file;
  if (position + target.length <= size) return;
  const problem = `ends at byte ${size}, but bytes up to ${position + target.length} are wanted`;
  throw new InvalidFileError({ file: name, problem, hint: 'The file is cut short.' });
}

const READS_BETWEEN_PAUSES = 16;

/** The same file for those who wait anyway: signals and timers get their turn between its reads. */
export function asStored(file: SyncFile): StoredFile {
  let reads = 0;
  return {
    size: file.size,
    async read(position, target) {
      if (++reads % READS_BETWEEN_PAUSES === 0) await new Promise((resolve) => setTimeout(resolve));
      file.read(position, target);
    },
    [Symbol.asyncDispose]: async () => file[Symbol.dispose](),
  };
}
