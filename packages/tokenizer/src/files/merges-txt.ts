/**
 * `merges.txt`: one merge a line in order of rank, two tokens with a space between, after a version line. OpenAI's
 * `vocab.bpe` and `vocab_40000.bpe` are the same.
 */
import { InvalidFileError, show } from '@gpt-ts/core';
import { BYTE_CHARACTERS } from '../bpe/byte-characters.js';
import type { Merge } from '../bpe/merge-ranks.js';
import { MergeList } from './merge-list.js';
import type { Vocab } from './vocab-json.js';

const HEADER = '#version: 0.2';

/**
 * The merges, each checked against the vocabulary.
 *
 * @param tokens - The vocabulary, in id order.
 * @param base - The symbols that are there before any merge. Default: the 256 bytes of GPT-2.
 * @throws {@link InvalidFileError} naming the line, counted from 1.
 */
export function parseMerges(
  text: string,
  tokens: readonly string[],
  file: string,
  base: Iterable<string> = BYTE_CHARACTERS,
): Merge[] {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return parseMergeList(text, { tokens, ids }, file, base).toMerges();
}

/** As {@link parseMerges}, for those who want ids (`triples`) and have a map of the vocabulary already. */
export function parseMergeList(
  text: string,
  vocab: Vocab,
  file: string,
  base: Iterable<string> = BYTE_CHARACTERS,
): MergeList {
  const list = new MergeList(vocab);
  const first = text.startsWith('#version') ? 1 : 0; // only there: '#' also begins tokens
  let line = 0;
  const fail = (at: number, problem: string): InvalidFileError =>
    new InvalidFileError({ file, field: `line ${at + 1}`, problem });
  for (let start = 0; start < text.length; line++) {
    const found = text.indexOf('\n', start);
    const next = found < 0 ? text.length + 1 : found + 1;
    const end = text.charCodeAt(next - 2) === 0x0d ? next - 2 : next - 1; // Windows line ends
    if (line >= first) {
      const space = text.indexOf(' ', start);
      const again = text.indexOf(' ', space + 1);
      if (space <= start || space + 1 >= end || (again >= 0 && again < end)) {
        throw fail(line, `must be two tokens with one space between, got ${show(text.slice(start, end))}`);
      }
      const problem = list.add(text.slice(start, space), text.slice(space + 1, end));
      if (problem !== undefined) throw fail(line, problem);
    }
    start = next;
  }
  const orphan = list.orphan(base);
  if (orphan !== undefined) throw fail(first + orphan.rank, orphan.problem);
  return list;
}

/** The file's text. */
export function formatMerges(merges: readonly Merge[]): string {
  return `${[HEADER, ...merges.map((merge) => merge.join(' '))].join('\n')}\n`;
}
