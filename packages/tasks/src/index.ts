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
export { allCorrectBy } from './metrics/all-correct-by.js';
export { answerF1, coqaF1 } from './metrics/answer-f1.js';
export { bestThreshold } from './metrics/best-threshold.js';
export { type Bleu, type BleuOptions, bleu, MULTI_BLEU, SACRE_BLEU } from './metrics/bleu.js';
export { type BootstrapOptions, bootstrapInterval, type Interval } from './metrics/bootstrap.js';
export { confusion } from './metrics/confusion.js';
export { dropF1 } from './metrics/drop-f1.js';
export { exactMatch, normaliseAnswer } from './metrics/exact-match.js';
export { f1 } from './metrics/f1.js';
export { matthews } from './metrics/matthews.js';
export { pearson } from './metrics/pearson.js';
export { rocAuc } from './metrics/roc-auc.js';
export { type RougeOptions, type RougeScore, rougeL, rougeLsum, rougeN } from './metrics/rouge.js';
export { spearman } from './metrics/spearman.js';
export {
  type ReadExamples,
  type ReadExamplesOptions,
  readExamples,
} from './own/read-examples.js';
export type { ExampleFormat } from './own/row-readers.js';
export { type ExampleBatch, packBatch } from './pack-batch.js';
export { type Perplexity, type PerplexityOptions, perplexity } from './perplexity.js';
export type { OnBadRow } from './reading/read-rows.js';
export type { Reader } from './reading/reader.js';
export {
  type ChoiceScores,
  type Ranking,
  rankChoices,
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
export { softScore } from './soft-score.js';
export {
  arithmeticItem,
  type PairKind,
  type PairOperation,
  type PairQuestion,
  pairKinds,
} from './synthetic/arithmetic.js';
export {
  type ArithmeticKind,
  type ArithmeticOptions,
  arithmeticItems,
  arithmeticKinds,
} from './synthetic/arithmetic-items.js';
export { canScramble, type ScramblingOptions, scrambledWords } from './synthetic/scrambled-words.js';
export {
  isScrambled,
  SCRAMBLING_DESCRIPTION,
  type ScramblingKind,
  scramblingItem,
  scramblingKinds,
} from './synthetic/scrambling.js';
export { type Sign, type ThreeOpsForm, threeOpsItem } from './synthetic/three-ops.js';
export {
  asEquation,
  asQuestion,
  asTldr,
  inLines,
  type TaskRecord,
  type TaskTemplate,
  taskPrompt,
  taskShot,
  taskText,
} from './task-text.js';
export type { TextCodec } from './text-codec.js';
export { type TrainingBatches, type TrainingBatchesOptions, trainingBatches } from './training-batches.js';
