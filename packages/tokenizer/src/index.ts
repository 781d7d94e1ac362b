export type { Merge } from './bpe/bpe-tables.js';
export { type ByteBpeEncodeOptions, ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
export { CharTokenizer, type CharTokenizerOptions } from './char-tokenizer.js';
export { decodeStream } from './decode-stream.js';
export { UnknownCharacterError } from './errors/unknown-character-error.js';
export { loadTokenizer } from './load-tokenizer.js';
export { END_OF_TEXT, type Tokenizer } from './tokenizer.js';
export {
  type TrainByteBpeOptions,
  type TrainByteBpeProgress,
  trainByteBpe,
} from './train/train-byte-bpe.js';
