export type { Batch } from './batch.js';
export { type Corpus, type CorpusOptions, corpusFromDocuments, corpusFromIds } from './corpus.js';
export { DisjointSets } from './minhash/disjoint-sets.js';
export { jaccard } from './minhash/jaccard.js';
export { candidateProbability, type LshOptions, lshKeys } from './minhash/lsh.js';
export { estimatedJaccard, MinHash, type MinHashOptions } from './minhash/min-hash.js';
export {
  findNearDuplicates,
  type NearDuplicateOptions,
  type NearDuplicatePair,
  type NearDuplicateSettings,
  type NearDuplicates,
  nearDuplicateSettings,
} from './minhash/near-duplicates.js';
export { shingleSet, wordShingles } from './minhash/word-shingles.js';
export { type Mixture, type MixtureOptions, type MixtureSource, mixture } from './mixture.js';
export { areaUnderCurve } from './quality/area-under-curve.js';
export type { FitOptions } from './quality/logistic-regression.js';
export { keepProbability, type ParetoKeepOptions, paretoKeep } from './quality/pareto-keep.js';
export { QualityClassifier, type QualityTrainingOptions } from './quality/quality-classifier.js';
export { type RandomWindowsOptions, randomWindows } from './random-windows.js';
export type { Sequences } from './sequences.js';
export { type ShuffledSequencesOptions, shuffledSequences } from './shuffled-sequences.js';
export { type CorpusSplit, type SplitOptions, splitCorpus } from './split-corpus.js';
export {
  STORY_KINDS,
  type StoryCorpusOptions,
  type StoryOptions,
  stories,
  story,
  storyCorpus,
} from './story-world/story.js';
export { type SweepOptions, sweepWindows } from './sweep-windows.js';
export type { TokenArray } from './token-array.js';
export type { DocumentLayout, WindowOptions } from './windows.js';
