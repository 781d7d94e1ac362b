/**
 * `text_standardize` of openai/finetune-transformer-lm `text_utils.py`: plain dashes and dots, spaces around
 * punctuation, and one kind of space and of line break.
 */
import { WHITE_SPACE } from './white-space.js';

// Runs of one character. The list in the original also names the backslash, but not in a raw string: Python takes `\\+` for
// an escaped plus sign, so backslashes stay where they are. (A back reference would be shorter, but overflows the stack.)
const PUNCTUATION = /-+|~+|!+|"+|;+|\?+|\++|,+|\)+|\(+|\/+|\*+|\[+|\]+|\}+|\{+|\|+|_+/g;
const SPACES: RegExp = new RegExp(`[${WHITE_SPACE}]+`, 'g');
const ENDS: RegExp = new RegExp(`^[${WHITE_SPACE}]+|[${WHITE_SPACE}]+$`, 'g');

/**
 * @returns The text, in which a line break is ` \n `.
 * @example
 * standardize('Wait—what?!\n\n(he  said)'); // => 'Wait - what ? ! \n ( he said )'
 */
export function standardize(text: string): string {
  return text
    .replace(/[—–―]/g, '-')
    .replaceAll('…', '...')
    .replaceAll('´', "'")
    .replace(PUNCTUATION, ' $& ')
    .replace(SPACES, (run) => (run.includes('\n') ? ' \n ' : ' '))
    .replace(ENDS, '');
}
