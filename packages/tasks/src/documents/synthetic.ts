/**
 * GPT-3's synthetic tasks: arithmetic, and words to unscramble.
 *
 * @see Brown et al. 2020 section 3.9; the files of openai/gpt-3 `data/`: JSONL with `context` and `completion`.
 */
import type { TaskDocument } from '../evaluation/task.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';

/** A prompt and its answer, both to the letter. */
export interface SyntheticDocument extends TaskDocument {
  /** Begins with line ends; ends with `A:` or `=`. */
  readonly context: string;
  /** Begins with a space. */
  readonly completion: string;
}

/** Reads `two_digit_addition.jsonl` and its like. */
export const readSynthetic: Reader<SyntheticDocument> = rowReader(jsonlRows, (row) => ({
  context: row.raw('context'),
  completion: row.raw('completion'),
  source: row.source,
}));
