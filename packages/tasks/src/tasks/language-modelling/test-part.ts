import type { PlainTextDocument } from '../../documents/plain-text.js';

/**
 * The test part of enwik8 and text8, by custom the last 5 of their 100 million bytes; other texts as they are. A character that is cut
 * in two belongs to the part before.
 */
export function testPart(
  documents: readonly PlainTextDocument[],
  { whole, test }: { whole: number; test: number } = { whole: 100_000_000, test: 5_000_000 },
): PlainTextDocument[] {
  return documents.map((document) => {
    if (document.bytes !== whole) return document;
    const all = new TextEncoder().encode(document.text);
    let start = whole - test;
    while ((all[start] & 0xc0) === 0x80) start++; // the second byte of a character, or a later one
    const text = new TextDecoder().decode(all.subarray(start));
    const words = [...text.matchAll(/\S+|\n/g)].length + (text.endsWith('\n') ? 0 : 1);
    return { ...document, text, words, bytes: whole - start };
  });
}
