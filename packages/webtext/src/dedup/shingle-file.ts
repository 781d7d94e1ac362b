/** The shingle sets of those documents that are compared, on disk: memory holds where each begins. */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { shingleSet } from '@gpt-ts/data';

const BUFFER_BYTES = 4 << 20;

/** Written once in order of number, then read in any order. Dispose it to close the file. */
export class ShingleFile implements Disposable {
  readonly #ids: Uint32Array;
  readonly #ends: Float64Array; // bytes
  readonly #descriptor: number;
  #written = 0;
  #end = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  /** @param ids - The numbers of the documents that will be compared, ascending. */
  constructor(path: string, ids: Uint32Array) {
    this.#ids = ids;
    this.#ends = new Float64Array(ids.length);
    this.#descriptor = openSync(path, 'w+');
  }

  /** Whether the next document that is wanted has this number. */
  wants(id: number): boolean {
    return this.#ids[this.#written] === id;
  }

  /** Adds the next document that is wanted. */
  add(text: string, shingleWords: number): void {
    const set = shingleSet(text, shingleWords);
    this.#end += set.byteLength;
    this.#ends[this.#written++] = this.#end;
    this.#waiting.push(new Uint8Array(set.buffer, set.byteOffset, set.byteLength));
    this.#waitingBytes += set.byteLength;
    if (this.#waitingBytes >= BUFFER_BYTES) this.flush();
  }

  /** Before reading. */
  flush(): void {
    const bytes = Buffer.concat(this.#waiting);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /** The shingles of a document that was wanted. */
  read(id: number): Uint32Array {
    const slot = this.#slotOf(id);
    const begin = slot === 0 ? 0 : this.#ends[slot - 1];
    const set = new Uint32Array((this.#ends[slot] - begin) / 4);
    const bytes = new Uint8Array(set.buffer);
    for (let at = 0; at < bytes.length; ) {
      const got = readSync(this.#descriptor, bytes, at, bytes.length - at, begin + at);
      if (got === 0) throw new Error('The shingle file has been cut while it was in use.');
      at += got;
    }
    return set;
  }

  #slotOf(id: number): number {
    let low = 0;
    let high = this.#ids.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ids[middle] < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  [Symbol.dispose](): void {
    closeSync(this.#descriptor);
  }
}
