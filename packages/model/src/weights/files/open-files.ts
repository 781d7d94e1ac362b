import type { StoredFile } from '@gpt-ts/core';

/** Files that are closed together. */
export class OpenFiles implements AsyncDisposable {
  readonly #files: StoredFile[] = [];

  /** Takes a file over. */
  add(file: StoredFile): StoredFile {
    this.#files.push(file);
    return file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#files.splice(0).map((file) => file[Symbol.asyncDispose]()));
  }
}
