/** The files that a vocabulary is learned from. */
import { constants, type Stats } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { InvalidFileError } from '@gpt-ts/core';
import { unreadable } from '@gpt-ts/data/node';
import type { Tokenizer } from '@gpt-ts/tokenizer';
import { textFromFile } from './text-input.js';

const SAMPLE_CHARACTERS = 1_000_000;

/** The texts to learn from, read once, and what is noted while they pass. */
export class TrainingTexts {
  /** Read so far. */
  bytes = 0;
  readonly #files: readonly string[];
  #sample = '';

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /** A document for each file, in parts. */
  *documents(): Generator<AsyncGenerator<string>> {
    for (const file of this.#files) yield this.#document(file);
  }

  /** Of the first million characters; `null` where there is no text. */
  bytesPerToken(tokenizer: Tokenizer): number | null {
    const tokens = tokenizer.count(this.#sample);
    return tokens === 0 ? null : Buffer.byteLength(this.#sample) / tokens;
  }

  async *#document(file: string): AsyncGenerator<string> {
    let first = true;
    for await (const part of textFromFile(file)) {
      const text = first ? part.replace(/^\ufeff/, '') : part; // a byte order mark is no text
      first = false;
      const zero = text.indexOf('\0');
      if (zero >= 0) throw binary(file);
      this.bytes += Buffer.byteLength(text);
      const missing = SAMPLE_CHARACTERS - this.#sample.length;
      if (missing > 0) this.#sample += text.slice(0, missing).replace(/[\ud800-\udbff]$/, ''); // no half character
      yield text;
    }
  }
}

function binary(file: string): InvalidFileError {
  return new InvalidFileError({
    file,
    problem: 'has a zero byte, so it is not UTF-8 text',
    hint: 'Give a plain text file. If it is UTF-16, save it as UTF-8.',
  });
}

/**
 * Bytes of the files; `undefined` when one is not a file, as a pipe.
 *
 * @throws InvalidFileError when one cannot be read.
 */
export async function sizeOf(files: readonly string[]): Promise<number | undefined> {
  let total: number | undefined = 0;
  for (const file of files) {
    let stats: Stats;
    try {
      stats = await stat(file);
      await access(file, constants.R_OK);
    } catch (error) {
      throw unreadable(file, error);
    }
    if (stats.isDirectory()) throw unreadable(file, { code: 'EISDIR' });
    total = stats.isFile() && total !== undefined ? total + stats.size : undefined;
  }
  return total;
}
