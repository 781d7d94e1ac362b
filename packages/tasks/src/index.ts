export type { Detokenizer } from './detokenize/detokenizer.js';
export { oneBillionWord } from './detokenize/one-billion-word.js';
export { type OriginalUnits, originalUnits } from './detokenize/original-units.js';
export { ptb } from './detokenize/ptb.js';
export { cbt, lambada } from './detokenize/treebank.js';
export { wikitext } from './detokenize/wikitext.js';
export {
  type EncodedExample,
  encodeExample,
  encodeExamples,
} from './encode-examples.js';
export { InvalidExampleError } from './errors/invalid-example-error.js';
export { type EvaluationBatch, evaluationBatches } from './evaluation-batches.js';
export type {
  ClassificationExample,
  EntailmentExample,
  Example,
  ExampleContent,
  ExampleForm,
  ExampleOf,
  ExampleSource,
  MultipleChoiceExample,
  SimilarityExample,
} from './example.js';
export { type FewShotOptions, type FewShotPrompt, fewShotPrompt, type Shot } from './few-shot-prompt.js';
export { holdOut } from './hold-out.js';
export {
  classification,
  entailment,
  type InputRows,
  multipleChoice,
  type RowFormat,
  similarity,
} from './input-rows.js';
export { accuracy, majorityAccuracy } from './metrics/accuracy.js';
export { confusion } from './metrics/confusion.js';
export { f1 } from './metrics/f1.js';
export { matthews } from './metrics/matthews.js';
export {
  type ReadExamples,
  type ReadExamplesOptions,
  readExamples,
} from './own/read-examples.js';
export type { ExampleFormat } from './own/row-readers.js';
export { type ExampleBatch, packBatch } from './pack-batch.js';
export { type Perplexity, type PerplexityOptions, perplexity } from './perplexity.js';
export {
  type ChoiceQuestion,
  type ChoiceScores,
  type Ranking,
  scoreChoices,
} from './score-choices.js';
export { readCola } from './sets/cola.js';
export { readCopa } from './sets/copa.js';
export { readMctest } from './sets/mctest.js';
export { readMrpc } from './sets/mrpc.js';
export { readRace } from './sets/race.js';
export { readRte } from './sets/rte.js';
export { readSick } from './sets/sick.js';
export { readSst2 } from './sets/sst-2.js';
export { readTaskSet, type Splits, type TaskMetric, type TaskSet, type TextFile } from './sets/task-set.js';
export { type TaskSetName, type TaskSets, taskSets } from './sets/task-sets.js';
export type { TextCodec } from './text-codec.js';
export { type TrainingBatches, type TrainingBatchesOptions, trainingBatches } from './training-batches.js';
