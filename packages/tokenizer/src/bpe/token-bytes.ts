/** The bytes of every token, for decoding. */
import { assertTokens } from '@gpt-ts/core';
import { BYTE_CHARACTERS } from './byte-characters.js';

const SHORT = 16; // bytes: tokens up to this length, nearly all, are copied in words of four
const CHUNK = 2 ** 15; // bytes decoded at once: they stay in the processor's cache

/** Tokens as byte strings. */
export class TokenBytes {
  readonly #bytes: Uint8Array; // all tokens, one after another
  readonly #offsets: Int32Array; // token `id` is bytes [offsets[id], offsets[id + 1])
  readonly #words: Int32Array; // the first SHORT bytes of each token, little end first
  readonly #buffer: Uint8Array;
  readonly #view: DataView;

  /**
   * @param tokens - In id order, spelled as in `vocab.json`.
   * @param special - Ids of the tokens that are spelled as they are, and not in byte characters.
   */
  constructor(tokens: readonly string[], special: ReadonlySet<number>) {
    const utf8 = new TextEncoder();
    const out = new Uint8Array(3 * tokens.reduce((sum, token) => sum + token.length, 0)); // 3: special tokens in UTF-8
    this.#offsets = new Int32Array(tokens.length + 1);
    this.#words = new Int32Array((tokens.length * SHORT) / 4);
    let at = 0;
    let longest = SHORT;
    for (let id = 0; id < tokens.length; id++) {
      const token = tokens[id];
      const start = at;
      if (special.has(id)) at += utf8.encodeInto(token, out.subarray(at)).written;
      else for (let i = 0; i < token.length; i++) out[at++] = BYTES[token.charCodeAt(i)];
      this.#offsets[id + 1] = at;
      for (let i = 0; i < Math.min(at - start, SHORT); i++) {
        this.#words[(id * SHORT + i) >> 2] |= out[start + i] << (8 * (i & 3));
      }
      longest = Math.max(longest, at - start);
    }
    this.#bytes = out.slice(0, at);
    this.#buffer = new Uint8Array(CHUNK + longest);
    this.#view = new DataView(this.#buffer.buffer);
  }

  /** `pairs[256 * a + b]` is 1 where byte `a` stands before `b` in some token. No merge crosses any other pair. */
  neighbours(): Uint8Array {
    const pairs = new Uint8Array(0x10000);
    for (let id = 0; id + 1 < this.#offsets.length; id++) {
      for (let at = this.#offsets[id] + 1; at < this.#offsets[id + 1]; at++) {
        pairs[256 * this.#bytes[at - 1] + this.#bytes[at]] = 1;
      }
    }
    return pairs;
  }

  /** Bytes of one token. */
  lengthOf(id: number): number {
    return this.#offsets[id + 1] - this.#offsets[id];
  }

  /**
   * The bytes of some tokens, joined.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  join(ids: ArrayLike<number>): Uint8Array {
    assertTokens(ids, this.#offsets.length - 1);
    let length = 0;
    for (let i = 0; i < ids.length; i++) length += this.lengthOf(ids[i]);
    const out = new Uint8Array(length);
    let at = 0;
    this.#read(ids, (bytes) => {
      out.set(bytes, at);
      at += bytes.length;
    });
    return out;
  }

  /**
   * The text of some tokens; bytes that are not UTF-8 become U+FFFD.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  text(ids: ArrayLike<number>): string {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // true keeps a leading U+FEFF
    let text = '';
    this.#read(ids, (bytes) => {
      text += decoder.decode(bytes);
    });
    return text;
  }

  /** Shows the bytes in chunks that cut no character. */
  #read(ids: ArrayLike<number>, show: (bytes: Uint8Array) => void): void {
    const offsets = this.#offsets;
    const words = this.#words;
    const buffer = this.#buffer;
    const view = this.#view;
    const nVocab = offsets.length - 1;
    let at = 0;
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i];
      if (id >>> 0 !== id || id >= nVocab) assertTokens(ids, nVocab); // throws
      const length = offsets[id + 1] - offsets[id];
      if (length <= SHORT) {
        // What a word has too much, the next token writes over.
        const word = (id * SHORT) >> 2;
        view.setInt32(at, words[word], true);
        for (let i = 1; 4 * i < length; i++) view.setInt32(at + 4 * i, words[word + i], true);
      } else {
        for (let done = 0; done < length; done++) buffer[at + done] = this.#bytes[offsets[id] + done];
      }
      at += length;
      if (at < CHUNK) continue;
      const end = characterEnd(buffer, at);
      show(buffer.subarray(0, end));
      buffer.copyWithin(0, end, at);
      at -= end;
    }
    if (at > 0) show(buffer.subarray(0, at));
  }
}

/** The last place up to `end` where the bytes can be cut: what comes after it does not change what comes before. */
function characterEnd(bytes: Uint8Array, end: number): number {
  for (let at = end - 1; at >= end - 4; at--) {
    if ((bytes[at] & 0xc0) !== 0x80) return bytes[at] < 0x80 ? end : at;
  }
  return end; // four continuation bytes in a row: no character is that long
}

/** `BYTES[unit]` is the byte that a character spells. */
const BYTES: Uint8Array = new Uint8Array(0x144);
for (const [byte, character] of BYTE_CHARACTERS.entries()) BYTES[character.charCodeAt(0)] = byte;
