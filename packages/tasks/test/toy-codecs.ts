import type { TextCodec } from '../src/text-codec.js';

/** One id a byte. */
export const bytes: TextCodec = {
  encode: (text) => [...new TextEncoder().encode(text)],
  decode: (ids) => new TextDecoder().decode(Uint8Array.from(ids)),
};

/** The longest piece that fits, from the left; the id of a piece is its index. */
export function pieces(vocabulary: readonly string[]): TextCodec {
  return {
    encode(text) {
      const ids: number[] = [];
      for (let at = 0; at < text.length; ) {
        const fits = vocabulary.filter((piece) => text.startsWith(piece, at));
        const longest = fits.reduce((a, b) => (b.length > a.length ? b : a));
        ids.push(vocabulary.indexOf(longest));
        at += longest.length;
      }
      return ids;
    },
    decode: (ids) => ids.map((id) => vocabulary[id]).join(''),
  };
}
