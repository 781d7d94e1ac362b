export type { Batch } from './batch.js';
export { type Corpus, type CorpusOptions, corpusFromDocuments, corpusFromIds } from './corpus.js';
export { documentsOf } from './documents-of.js';
export { joinCorpora } from './join-corpora.js';
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
export {
  type Mixture,
  type MixtureOptions,
  type MixtureSource,
  mixture,
} from './mixture.js';
export { BloomFilter, type BloomFilterOptions } from './overlap/bloom-filter.js';
export { type CleanedDocument, type CleaningOptions, cleanDocument } from './overlap/clean-document.js';
export type { Documents } from './overlap/documents.js';
export { type CollisionOptions, type Collisions, findCollisions } from './overlap/find-collisions.js';
export { type GramLengthOptions, gramLength } from './overlap/gram-length.js';
export {
  type GramShare,
  type Overlap,
  type OverlapOptions,
  overlapShare,
  type TestSet,
  type TestSetOverlap,
} from './overlap/overlap-share.js';
export {
  type OverlapSplit,
  type SplitByOverlapOptions,
  splitByOverlap,
  splitSetsByOverlap,
} from './overlap/split-by-overlap.js';
export { normaliseWords, type WordRule } from './overlap/words.js';
export { areaUnderCurve } from './quality/area-under-curve.js';
export type { FitOptions } from './quality/logistic-regression.js';
export { keepProbability, type ParetoKeepOptions, paretoKeep } from './quality/pareto-keep.js';
export { QualityClassifier, type QualityTrainingOptions } from './quality/quality-classifier.js';
export { type RandomWindowsOptions, randomWindows } from './random-windows.js';
export type { Sequences } from './sequences.js';
export {
  type DocumentWriter,
  type DocumentWriterOptions,
  type PackedFiles,
  packDocuments,
} from './shards/document-writer.js';
export { type HeldOutOptions, heldOutWriter, type SplitFiles } from './shards/held-out-writer.js';
export { type BinOptions, isLlmc, llmcWriter, openLlmc } from './shards/llmc.js';
export { nanoGptWriter, openNanoGpt } from './shards/nano-gpt.js';
export { type FileCorpus, type OpenShardsOptions, openShards, type Shards } from './shards/open-shards.js';
export { shardNames } from './shards/shard-layout.js';
export { shardWriter } from './shards/shard-writer.js';
export { blobFile, bytesFile, type SyncFile } from './shards/sync-file.js';
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
export {
  type WorldOptions,
  worldCorpus,
  worldDocument,
  worldDocuments,
  worldStory,
} from './world/documents.js';
export type { Draw } from './world/draw.js';
export {
  IN_CONTEXT_KINDS,
  type InContextKind,
  type InContextList,
  inContextList,
  inContextText,
} from './world/in-context.js';
export { SPLITS, type Split } from './world/split.js';
export type { Prompt, TaskExample, TaskName } from './world/tasks/example.js';
export { WORLD_TASKS, worldExample } from './world/tasks/tasks.js';
