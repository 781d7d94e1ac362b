/**
 * Token ids by position: an array in memory, views of which cost nothing, or a file that is read where it is looked at.
 */
export interface TokenArray {
  readonly length: number;
  /** Ids `begin .. end - 1`. Those of a file lie in one buffer: they are valid until the next call. */
  subarray(begin: number, end: number): Int32Array | Uint16Array | Uint32Array;
}
