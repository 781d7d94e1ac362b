/** GPT-1's tokenizer, apart from the front door: its rules for English are large, and few need them. */
export { type Gpt1Pipeline, Gpt1Tokenizer } from './gpt1/gpt1-tokenizer.js';
export { MissingPackageError } from './gpt1/missing-package-error.js';
