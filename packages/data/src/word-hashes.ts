/**
 * The words of a text as 32-bit numbers: lower-cased and split at white space, as Spark's `Tokenizer` does for GPT-3's
 * data (appendix A), but hashed where they lie, without a string for each.
 */

/**
 * One hash a word, in the order of the text. White space is what `\s` matches. Writing without spaces, such as
 * Chinese, is one long word a line.
 *
 * @example
 * wordHashes('The end, the END,').length; // => 4; the first is the third, the second the fourth
 */
export function wordHashes(text: string): Uint32Array {
  const lower = text.toLowerCase();
  const hashes = new Uint32Array((lower.length + 1) >> 1); // every second character at most begins a word
  let words = 0;
  let inWord = false;
  let hash = OFFSET;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (!isSpace(code)) {
      hash = Math.imul(hash ^ code, PRIME);
      inWord = true;
    } else if (inWord) {
      hashes[words++] = mix(hash);
      hash = OFFSET;
      inWord = false;
    }
  }
  if (inWord) hashes[words++] = mix(hash);
  return hashes.subarray(0, words);
}

// FNV-1a over UTF-16 units.
const OFFSET = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** Spreads every bit over all 32: the finalizer of MurmurHash3, one to one. */
export function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function isSpace(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 9 && code <= 13);
  if (code < 0xa0) return false;
  return (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x1680 ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
