/**
 * The words that SacreBLEU counts by default.
 *
 * @see NIST's `mteval-v13a.pl`; sacreBLEU's `tokenizer_13a.py`.
 */
import { words } from './words.js';

/**
 * A text as words and punctuation, by the rules of mteval-v13a. A full stop, a comma or a hyphen stays where digits make it part
 * of a number; apostrophes and other hyphens stay; punctuation beyond ASCII is not cut off.
 *
 * @example
 * tokenize13a('It cost $1,234.50, "all in".'); // => ['It', 'cost', '$', '1,234.50', ',', '"', 'all', 'in', '"', '.']
 */
export function tokenize13a(text: string): string[] {
  const plain = text
    .trimEnd()
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
  const cut = ` ${plain} `
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/([^0-9])([.,])/g, '$1 $2 ')
    .replace(/([.,])([^0-9])/g, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ');
  return words(cut);
}
