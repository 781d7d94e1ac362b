import { InvalidFileError } from '@gpt-ts/core';
import type { TokenArray } from '../token-array.js';
import type { SyncFile } from './sync-file.js';

/** Where ids lie in a file: little-endian integers one after the other. */
export interface IdRegion {
  /** Of the first byte. */
  readonly position: number;
  /** Ids. */
  readonly length: number;
  /** Bytes of an id. */
  readonly width: 2 | 4;
}

const BUFFER_IDS = 2048; // of windows of 1024, twice as many are a tenth slower, and half as many are read twice

/** Ids in a file, read where they are looked at. A small buffer serves short documents that follow each other. */
export class FileIds implements TokenArray {
  readonly length: number;
  readonly #file: SyncFile;
  readonly #region: IdRegion;
  readonly #buffer: ArrayBuffer;
  #begin = 0; // what the buffer holds
  #end = 0;

  constructor(file: SyncFile, region: IdRegion) {
    this.length = region.length;
    this.#file = file;
    this.#region = region;
    this.#buffer = new ArrayBuffer(BUFFER_IDS * region.width);
  }

  subarray(begin: number, end: number): Uint16Array | Uint32Array {
    if (end - begin > BUFFER_IDS) {
      return this.#read(begin, end, new ArrayBuffer((end - begin) * this.#region.width));
    }
    if (begin < this.#begin || end > this.#end) {
      this.#end = this.#begin; // holds nothing if reading fails
      const last = Math.min(begin + BUFFER_IDS, this.length);
      this.#read(begin, last, this.#buffer);
      this.#begin = begin;
      this.#end = last;
    }
    const { width } = this.#region;
    return idsIn(new Uint8Array(this.#buffer, (begin - this.#begin) * width, (end - begin) * width), width);
  }

  #read(begin: number, end: number, into: ArrayBuffer): Uint16Array | Uint32Array {
    const { position, width } = this.#region;
    const bytes = new Uint8Array(into, 0, (end - begin) * width);
    this.#file.read(position + begin * width, bytes);
    return idsIn(bytes, width);
  }
}

/** Bytes as ids, not copied; they begin at a multiple of `width`. */
export function idsIn({ buffer, byteOffset, length }: Uint8Array, width: 2 | 4): Uint16Array | Uint32Array {
  return width === 2
    ? new Uint16Array(buffer, byteOffset, length / 2)
    : new Uint32Array(buffer, byteOffset, length / 4);
}

/** @throws {@link InvalidFileError} when one of a file's ids is not below `nVocab`. */
export function assertIds(ids: Uint16Array | Uint32Array, nVocab: number, file: string): void {
  if (nVocab === 2 ** (8 * ids.BYTES_PER_ELEMENT)) return;
  let largest = 0;
  for (let i = 0; i < ids.length; i++) if (ids[i] > largest) largest = ids[i];
  if (largest < nVocab) return;
  const problem = `the id ${largest} is not one of 0 to ${nVocab - 1}`;
  throw new InvalidFileError({ file, field: 'ids', problem, hint: 'It was written for another tokenizer.' });
}

const BLOCK_IDS = 2 ** 18;

/** The same for all ids of a file, which is read once. */
export function assertAllIds(ids: FileIds, nVocab: number, file: string): void {
  for (let at = 0; at < ids.length; at += BLOCK_IDS) {
    assertIds(ids.subarray(at, Math.min(at + BLOCK_IDS, ids.length)), nVocab, file);
  }
}
