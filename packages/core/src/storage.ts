/**
 * Where runs are kept: a flat set of named byte strings.
 *
 * Packages write through this interface and never open a file themselves. Node's folder is in
 * `@gpt-ts/core/node`; a browser can implement it on OPFS or IndexedDB.
 */

import { InvalidFileError } from './errors/invalid-file-error.js';

/** Named byte strings that outlive the program. */
export interface Storage {
  /**
   * The whole content, owned by the caller, or `undefined` when nothing has that name.
   *
   * @param options - `maxBytes` refuses a longer content before any of it is read. Default: no limit.
   * @throws {@link InvalidFileError} with the size and the limit.
   */
  read(name: string, options?: { maxBytes?: number }): Promise<Uint8Array | undefined>;
  /** The content to be read in parts, or `undefined` when nothing has that name. The caller disposes it. */
  open(name: string): Promise<StoredFile | undefined>;
  /**
   * Replaces the content at once: a reader sees the old bytes or the new ones, never a mixture.
   *
   * @param chunks - Each is used up before the next one is asked for, so one buffer may serve for all.
   */
  write(name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
  /** Adds bytes at the end, creating the name if needed. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** The names there are, sorted. What a write has not finished is not among them. */
  list(): Promise<string[]>;
  /** Forgets a name. One that is not there is no error. */
  remove(name: string): Promise<void>;
}

/** Bytes that are read where they are wanted, for files that should not be in memory twice. */
export interface StoredFile extends AsyncDisposable {
  /** Bytes in all. */
  readonly size: number;
  /**
   * Fills `target` with the bytes from `position` on.
   *
   * @throws {@link InvalidFileError} when the file ends before `target` does.
   */
  read(position: number, target: Uint8Array): Promise<void>;
}

/** A {@link Storage} that lives in memory: for tests, and for runs nobody needs to keep. */
export class MemoryStorage implements Storage {
  readonly files: Map<string, Uint8Array> = new Map();

  async read(name: string, options: { maxBytes?: number } = {}): Promise<Uint8Array | undefined> {
    const bytes = this.files.get(name);
    if (bytes !== undefined) assertSize(name, bytes.length, options.maxBytes);
    return bytes?.slice(); // the caller may write into what it gets
  }

  async open(name: string): Promise<StoredFile | undefined> {
    const bytes = this.files.get(name);
    return bytes && storedBytes(bytes, name);
  }

  async write(name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const copies: Uint8Array[] = [];
    for await (const chunk of chunks) copies.push(chunk.slice()); // the next one may lie in the same buffer
    this.files.set(name, concatBytes(copies));
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    this.files.set(name, concatBytes([this.files.get(name) ?? new Uint8Array(), bytes]));
  }

  async list(): Promise<string[]> {
    return [...this.files.keys()].sort();
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }
}

/** Bytes in memory as a file. */
function storedBytes(bytes: Uint8Array, file: string): StoredFile {
  return {
    size: bytes.length,
    async read(position, target) {
      if (position + target.length > bytes.length)
        throw cutShort(file, position + target.length, bytes.length);
      target.set(bytes.subarray(position, position + target.length));
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The error of a file that ends before what is wanted of it. */
export function cutShort(file: string, wanted: number, size: number): InvalidFileError {
  const problem = `ends at byte ${size}, but bytes up to ${wanted} are wanted`;
  return new InvalidFileError({ file, problem, hint: 'The file is cut short, or was changed meanwhile.' });
}

/** @throws {@link InvalidFileError} when a file is larger than it may be; `undefined` is no limit. */
export function assertSize(file: string, size: number, maxBytes: number | undefined): void {
  if (maxBytes === undefined || size <= maxBytes) return;
  throw new InvalidFileError({ file, problem: `has ${size} bytes, more than the limit of ${maxBytes}` });
}

/** Joins byte strings into one. */
export function concatBytes(chunks: Iterable<Uint8Array>): Uint8Array {
  const list = [...chunks];
  const out = new Uint8Array(list.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of list) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
