/** Byte-level BPE again, slow and obviously right: strings, full recounts, the original pattern. */
import type { Merge } from '../../src/bpe/merge-ranks.js';

const S = '\\t-\\r\\x20\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000';

/** GPT-2's pattern, with its white space spelled out. */
const PATTERN = new RegExp(
  `'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^${S}\\p{L}\\p{N}]+|[${S}]+(?![^${S}])|[${S}]+`,
  'gu',
);

export function referenceSplit(text: string): string[] {
  return text.match(PATTERN) ?? [];
}

const ALL_BYTES = [...Array(256).keys()];
const SHIFTED = ALL_BYTES.filter((byte) => byte <= 32 || (byte >= 127 && byte <= 160) || byte === 173);

function spellByte(byte: number): string {
  const at = SHIFTED.indexOf(byte);
  return String.fromCharCode(at < 0 ? byte : 256 + at);
}

/** A piece as the characters that spell its bytes. */
function spell(piece: string): string[] {
  return Array.from(new TextEncoder().encode(piece), spellByte);
}

function join(parts: string[], left: string, right: string): string[] {
  const out: string[] = [];
  for (let i = 0; i < parts.length; i++) {
    if (parts[i] === left && parts[i + 1] === right) out.push(left + parts[++i]);
    else out.push(parts[i]);
  }
  return out;
}

export function referenceEncode(text: string, tokens: readonly string[], merges: readonly Merge[]): number[] {
  return referenceSplit(text).flatMap((piece) => {
    let parts = spell(piece);
    for (;;) {
      const present = new Set(parts.slice(1).map((right, i) => `${parts[i]} ${right}`));
      const merge = merges.find(([left, right]) => present.has(`${left} ${right}`));
      if (merge === undefined) return parts.map((part) => tokens.indexOf(part));
      parts = join(parts, merge[0], merge[1]);
    }
  });
}

export function referenceTrain(text: string, nMerges: number, minFrequency: number): Merge[] {
  const tokens = ALL_BYTES.map(spellByte).sort();
  let pieces = referenceSplit(text).map(spell);
  const merges: Merge[] = [];
  while (merges.length < nMerges) {
    const counts = new Map<string, number>();
    for (const parts of pieces) {
      for (let i = 0; i + 1 < parts.length; i++) {
        const key = `${tokens.indexOf(parts[i])} ${tokens.indexOf(parts[i + 1])}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const ranked = [...counts].map(([key, count]) => ({ ids: key.split(' ').map(Number), count }));
    ranked.sort((a, b) => b.count - a.count || a.ids[0] - b.ids[0] || a.ids[1] - b.ids[1]);
    if (ranked.length === 0 || ranked[0].count < minFrequency) break;
    const [left, right] = ranked[0].ids.map((id) => tokens[id]);
    merges.push([left, right]);
    tokens.push(left + right);
    pieces = pieces.map((parts) => join(parts, left, right));
  }
  return merges;
}
