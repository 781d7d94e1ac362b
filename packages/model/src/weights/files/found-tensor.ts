import type { StoredFile, TensorEntry } from '@gpt-ts/core';

/** A tensor that lies in a file. */
export interface FoundTensor {
  readonly file: StoredFile;
  /** The file's name, for error messages. */
  readonly fileName: string;
  readonly entry: TensorEntry;
}
