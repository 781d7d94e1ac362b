/** Learning vocabularies: the entry of `@gpt-ts/tokenizer/train`. */
export type { Document, Documents } from './train/documents.js';
export type { CountProgress, MergeProgress, TrainOptions, TrainProgress } from './train/options.js';
export { type TrainByteBpeOptions, trainByteBpe } from './train/train-byte-bpe.js';
export { type TrainGpt1BpeOptions, trainGpt1Bpe } from './train/train-gpt1-bpe.js';
