/**
 * The Penn Treebank as Mikolov prepared it for language models: small letters, no punctuation, `N` for numbers, `<unk>`
 * for rare words, a sentence a line with a space before and behind it.
 *
 * A number is written as `1`, which the data set itself does not have; `<unk>` stays, as GPT-2 reports how rarely that
 * string comes in its training data.
 */
import { type Detokenizer, detokenizer, type Touch } from './detokenizer.js';
import { cutContraction, isContracted } from './treebank.js';

const BRACKETS: ReadonlyMap<string, string> = new Map([
  ['-lrb-', '('],
  ['-rrb-', ')'],
  ['-lcb-', '{'],
  ['-rcb-', '}'],
]);
const NAMES: ReadonlyMap<string, string> = new Map([...BRACKETS].map(([name, sign]) => [sign, name]));

const write = (token: string) => BRACKETS.get(token) ?? token.replaceAll('N', '1').replaceAll('\\/', '/');
const read = (word: string) => word.replaceAll('1', 'N').replaceAll('/', '\\/');

/**
 * The Penn Treebank.
 *
 * @example
 * ptb.detokenize(" mr. <unk> did n't pay $ N million \n"); // => "mr. <unk> didn't pay $1 million\n"
 */
export const ptb: Detokenizer = detokenizer({
  padded: true,
  write,
  cut(piece) {
    const [, open, word, close] = /^([$#({]*)(.*?)((?:'|[)}%])*)$/s.exec(piece)!;
    if (word === '') return [NAMES.get(piece) ?? piece];
    const names = (signs: string) => [...signs].map((sign) => NAMES.get(sign) ?? sign);
    return [...names(open), ...cutContraction(word).map(read), ...names(close)];
  },
  touches: (tokens) =>
    tokens.map((token, i): Touch => {
      if (/^(?:[$#]|-l[rc]b-)$/.test(token)) return 'after';
      return isContracted(token, tokens[i - 1]) || /^(?:['%]|-r[rc]b-)$/.test(token) ? 'before' : 'none';
    }),
});
