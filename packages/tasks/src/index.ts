export { type FewShotOptions, type FewShotPrompt, fewShotPrompt, type Shot } from './few-shot-prompt.js';
export {
  classification,
  entailment,
  type InputRows,
  multipleChoice,
  type RowFormat,
  similarity,
} from './input-rows.js';
export { type Perplexity, type PerplexityOptions, perplexity } from './perplexity.js';
export {
  type ChoiceQuestion,
  type ChoiceScores,
  type Ranking,
  scoreChoices,
} from './score-choices.js';
export type { TextCodec } from './text-codec.js';
