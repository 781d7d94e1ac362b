import { InvalidFileError, type StoredFile } from '@gpt-ts/core';

/** A part of a file. */
export interface FileRange {
  readonly file: StoredFile;
  readonly begin: number;
  readonly end: number;
}

/** Ranges of files as one file; disposing it leaves them open. */
export function joinedFile(ranges: readonly FileRange[], name: string): StoredFile {
  const size = ranges.reduce((sum, { begin, end }) => sum + end - begin, 0);
  return {
    size,
    async read(position, target) {
      if (position + target.length > size) {
        const problem = `ends at byte ${size}, but bytes up to ${position + target.length} are wanted`;
        throw new InvalidFileError({ file: name, problem });
      }
      let start = 0; // of the range
      for (const { file, begin, end } of ranges) {
        const from = Math.max(position, start);
        const to = Math.min(position + target.length, start + end - begin);
        if (from < to) await file.read(begin + from - start, target.subarray(from - position, to - position));
        start += end - begin;
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}
