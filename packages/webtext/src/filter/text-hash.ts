/** One number for texts that differ only in spelling. */
import { createHash } from 'node:crypto';

/**
 * 128 bits of the letters and digits of a text: case, accents' composition, punctuation and white space do not count.
 *
 * @example
 * textHash('Hello,  World') === textHash('hello world!'); // => true
 */
export function textHash(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return createHash('sha256').update(letters).digest('hex').slice(0, 32);
}
