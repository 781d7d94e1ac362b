/** Finds the merges of a vocabulary that is given by its tokens in order of rank. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { applyMerges } from './apply-merges.js';
import { BYTE_TOKENS } from './byte-characters.js';
import { MergeRanks } from './merge-ranks.js';

/**
 * What all earlier merges leave of a token are the two parts of its own.
 *
 * @param tokens - Spelled in byte characters: all bytes, in any order, then what each merge makes.
 * @returns `left, right, result` of each merge, in ids, one after another.
 * @throws {@link InvalidArgumentError} at a token that is left in one part or in more than two.
 */
export function mergesOf(tokens: readonly string[]): number[] {
  const byteIds = new Map(tokens.slice(0, BYTE_TOKENS.length).map((token, id) => [token.charCodeAt(0), id]));
  const missing = BYTE_TOKENS.find((token) => tokens[byteIds.get(token.charCodeAt(0)) ?? -1] !== token);
  if (missing !== undefined) {
    const expected = 'all 256 bytes first';
    throw new InvalidArgumentError({ argument: 'tokens', expected, received: `none for ${missing}` });
  }
  const ranks = new MergeRanks(tokens.length);
  const triples: number[] = [];
  const parts = new Int32Array(tokens.reduce((longest, token) => Math.max(longest, token.length), 0));
  for (let id = BYTE_TOKENS.length; id < tokens.length; id++) {
    const token = tokens[id];
    for (let i = 0; i < token.length; i++) parts[i] = byteIds.get(token.charCodeAt(i)) ?? -1;
    if (applyMerges(parts, token.length, ranks) !== 2 || parts[0] < 0 || parts[1] < 0) {
      const expected = 'a token that is made of two earlier ones';
      throw new InvalidArgumentError({ argument: `tokens[${id}]`, expected, received: token });
    }
    ranks.add(parts[0], parts[1], id);
    triples.push(parts[0], parts[1], id);
  }
  return triples;
}
