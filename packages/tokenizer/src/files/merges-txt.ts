/** `merges.txt`: one merge a line in order of rank, two tokens with a space between, after a version line. */
import { InvalidFileError, show } from '@gpt-ts/core';
import type { Merge } from '../bpe/bpe-tables.js';
import { BYTE_CHARACTERS } from '../bpe/byte-characters.js';

const HEADER = '#version: 0.2';

/**
 * The merges, each checked against the vocabulary.
 *
 * @param tokens - The vocabulary, in id order.
 * @throws {@link InvalidFileError} naming the line.
 */
export function parseMerges(text: string, tokens: readonly string[], file: string): Merge[] {
  const lines = text.split('\n');
  const first = lines[0].startsWith('#version') ? 1 : 0; // only there: '#' also begins tokens
  if (lines.at(-1) === '') lines.pop();
  const vocab = new Set(tokens);
  const seen = new Set<string>();
  const merges: Merge[] = [];
  for (let i = first; i < lines.length; i++) {
    const line = lines[i].endsWith('\r') ? lines[i].slice(0, -1) : lines[i];
    const fail = (problem: string): InvalidFileError =>
      new InvalidFileError({ file, field: `line ${i + 1}`, problem });
    const parts = line.split(' ');
    const [left, right] = parts;
    if (parts.length !== 2 || left === '' || right === '') {
      throw fail(`must be two tokens with one space between, got ${show(line)}`);
    }
    if (seen.has(line)) throw fail(`repeats the merge ${show(line)}`);
    for (const token of [left, right, left + right]) {
      if (!vocab.has(token)) throw fail(`${show(token)} is not in the vocabulary`);
    }
    seen.add(line);
    merges.push([left, right]);
  }
  const made = new Set(BYTE_CHARACTERS);
  for (const [left, right] of merges) made.add(left + right);
  for (const [rank, merge] of merges.entries()) {
    const orphan = merge.find((token) => !made.has(token));
    if (orphan !== undefined) {
      const problem = `${show(orphan)} is neither a byte nor made by a merge`;
      throw new InvalidFileError({ file, field: `line ${first + rank + 1}`, problem });
    }
  }
  return merges;
}

/** The file's text. */
export function formatMerges(merges: readonly Merge[]): string {
  return `${[HEADER, ...merges.map((merge) => merge.join(' '))].join('\n')}\n`;
}
