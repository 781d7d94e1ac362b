/**
 * WikiText-2 and WikiText-103, raw or with `<unk>`: Moses' tokens, with `@-@`, `@,@` and `@.@` for marks inside of words and
 * numbers, and headings as ` = = Title = = `.
 *
 * Follows the published files, in which every line has a space before and behind it. What it undoes is what
 * lm-evaluation-harness's `preprocess_wikitext.py` undoes, whose rules for quotation marks, brackets and `N` cannot be
 * taken back. Left as they are, because nothing says what was there: `<unk>`, and the spaces around dashes.
 */
import { type Detokenizer, detokenizer } from './detokenizer.js';
import { cutMoses, touchesMoses } from './moses.js';

const MARKS = /^@[-,.]@$/;
// A hyphen inside, a comma or period inside of a number that is no part of a name such as T4.5, and signs of their own.
const INSIDE = /(?<=[^\s-])(-)(?=[^\s-])|(?<=(?<![\p{L}\p{N}.])\p{N}+|<unk>)([,.])(?=\p{N}|<unk>)|([/°‑⁄])/u;

/**
 * WikiText.
 *
 * @example
 * wikitext.detokenize(' = Title = \n \n A 2 @.@ 5 @-@ day " trip " . \n'); // => '= Title =\n\nA 2.5-day "trip".\n'
 */
export const wikitext: Detokenizer = detokenizer({
  padded: true,
  write: (token) => (MARKS.test(token) ? token[1] : token),
  cut(piece) {
    if (/^=+$/.test(piece)) return [...piece];
    const parts = piece.split(INSIDE).filter((part) => part !== undefined);
    // Parts and marks in turn.
    return parts.flatMap((part, i) => {
      if (i % 2 === 0) return cutMoses(part);
      return [/[-,.]/.test(part) ? `@${part}@` : part];
    });
  },
  touches(tokens) {
    const touches = touchesMoses(tokens, /^(?:@[-,.]@|[/°‑⁄])$/);
    return touches.map((touch, i) => (tokens[i] === '=' && tokens[i - 1] === '=' ? 'before' : touch));
  },
});
