/** Workers for many texts: the entry of `@gpt-ts/tokenizer/batch`. */
export { type EncodeBatchOptions, encodeBatch } from './encode-batch.js';
export { WorkerError } from './errors/worker-error.js';
