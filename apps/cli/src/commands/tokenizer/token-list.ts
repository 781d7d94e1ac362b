/** The tokens of a text, each with what there is to say about it. */
import type { AnyTokenizer } from '@gpt-ts/tokenizer';

/** One token of a text. */
export interface Token {
  id: number;
  /** As the vocabulary spells it. */
  token: string;
  /** The UTF-8 it stands for. */
  bytes: Uint8Array;
  /** Characters of the text it has a byte of, in UTF-16 units; GPT-1's tokens come from a text that was changed first. */
  span: readonly [start: number, end: number] | undefined;
}

/** A token's sizes, in all. */
export interface Totals {
  tokens: number;
  /** Code points. */
  characters: number;
  bytes: number;
  /** Of the text; `null` without tokens. */
  bytesPerToken: number | null;
}

/**
 * The tokens of a text.
 *
 * @throws UnknownCharacterError as the tokenizer's `encode`.
 */
export function tokensOf(tokenizer: AnyTokenizer, text: string): Token[] {
  const utf8 = new TextEncoder();
  switch (tokenizer.kind) {
    case 'byte-bpe': {
      const { ids, offsets } = tokenizer.encodeWithOffsets(text);
      return ids.map((id, i) => {
        return { id, token: tokenizer.tokens[id], bytes: tokenizer.decodeBytes([id]), span: offsets[i] };
      });
    }
    case 'char': {
      const ids = tokenizer.encode(text);
      let end = 0;
      return Array.from(text, (character, i) => {
        const start = end;
        end += character.length;
        const token = tokenizer.characters[ids[i]];
        return { id: ids[i], token, bytes: utf8.encode(token), span: [start, end] };
      });
    }
    case 'gpt1-bpe':
      return tokenizer.encode(text).map((id) => {
        const token = tokenizer.tokens[id];
        return { id, token, bytes: utf8.encode(token.replace(/<\/w>$/, '')), span: undefined };
      });
  }
}

/** How much a text is, and how many tokens it took. */
export function totalsOf(text: string, tokens: number): Totals {
  const bytes = Buffer.byteLength(text);
  let characters = text.length;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) characters--;
  return { tokens, characters, bytes, bytesPerToken: tokens === 0 ? null : bytes / tokens };
}
