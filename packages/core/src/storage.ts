/**
 * Where runs are kept: a flat set of named byte strings.
 *
 * Packages write through this interface and never open a file themselves. Node's folder is in
 * `@gpt-ts/core/node`; a browser can implement it on OPFS or IndexedDB.
 */

/** Named byte strings that outlive the program. */
export interface Storage {
  /** The whole content, owned by the caller, or `undefined` when nothing has that name. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces the content at once: a reader sees the old bytes or the new ones, never a mixture. */
  write(name: string, chunks: Iterable<Uint8Array>): Promise<void>;
  /** Adds bytes at the end, creating the name if needed. */
  append(name: string, bytes: Uint8Array): Promise<void>;
}

/** A {@link Storage} that lives in memory: for tests, and for runs nobody needs to keep. */
export class MemoryStorage implements Storage {
  readonly files: Map<string, Uint8Array> = new Map();

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.files.get(name)?.slice(); // the caller may write into what it gets
  }

  async write(name: string, chunks: Iterable<Uint8Array>): Promise<void> {
    this.files.set(name, concatBytes(chunks));
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    this.files.set(name, concatBytes([this.files.get(name) ?? new Uint8Array(), bytes]));
  }
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
