/**
 * The One Billion Word Benchmark (Chelba et al. 2013): Moses' tokens, a sentence a line, hyphens and numbers whole.
 */
import { type Detokenizer, detokenizer } from './detokenizer.js';
import { cutMoses, touchesMoses } from './moses.js';

/**
 * The One Billion Word Benchmark.
 *
 * @example
 * oneBillionWord.detokenize('He lost $ 2.5bn , and / or his " job " .'); // => 'He lost $2.5bn, and/or his "job".'
 */
export const oneBillionWord: Detokenizer = detokenizer({
  padded: false,
  write: (token) => token,
  cut: (piece) => piece.split(/(\/)/).flatMap((part) => (part === '/' ? [part] : cutMoses(part))),
  touches: (tokens) => touchesMoses(tokens, /^\/$/),
});
