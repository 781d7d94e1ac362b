/** GPT-1's recorded values and released vocabulary. Tests that need what is not there are skipped. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';
import { type Gpt1Pipeline, Gpt1Tokenizer } from '../../src/gpt1.js';
import { dataPath, readData } from './shared-data.js';

/** A line of `gpt1-vectors.jsonl`; see the README beside it. */
export interface Gpt1Vector {
  readonly text: string;
  readonly standardized: string;
  readonly spacy_tokens: readonly string[];
  readonly ids: readonly number[];
}

/** The vectors that are in the repository. */
export const gpt1Vectors: readonly Gpt1Vector[] = readLines(
  fileURLToPath(new URL('../golden/gpt1-vectors.jsonl', import.meta.url)),
);

const folder =
  process.env.GPT_TS_GOLDEN ?? fileURLToPath(new URL('../../../../../shared/golden', import.meta.url));

/** Where a file of the recorded values outside the repository is. */
export function goldenPath(path: string): string {
  return `${folder}/${path}`;
}

/** The objects in a file of JSON lines. */
export function readLines<T>(path: string): T[] {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line));
}

/** GPT-1's tokenizer with the released vocabulary. */
export function releasedGpt1(pipeline: Gpt1Pipeline = 'official'): Promise<Gpt1Tokenizer> {
  const vocab = readData('tok-gpt1/encoder_bpe_40000.json');
  return Gpt1Tokenizer.fromFiles({ vocab, merges: readData('tok-gpt1/vocab_40000.bpe'), pipeline });
}

/** The path of the released vocabulary. */
export const RELEASED: string = dataPath('tok-gpt1');

/** A test that runs only where all these files or folders are. */
export function testWithPaths(
  title: string,
  paths: readonly string[],
  run: () => void | Promise<void>,
): void {
  const missing = paths.filter((path) => !existsSync(path));
  if (missing.length === 0) test(title, { timeout: 60_000 }, run);
  else test.skip(`${title} (no ${missing.join(', ')}; set GPT_TS_DATA and GPT_TS_GOLDEN)`, run);
}
