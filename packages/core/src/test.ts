/** What tests of tasks need: a model without weights. Import from `@gpt-ts/core/test`. */
export { type DummyOptions, dummyLanguageModel } from './dummy-language-model.js';
