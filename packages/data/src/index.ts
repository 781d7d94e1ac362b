export type { Batch } from './batch.js';
export { type Corpus, type CorpusOptions, corpusFromDocuments, corpusFromIds } from './corpus.js';
export { type Mixture, type MixtureOptions, type MixtureSource, mixture } from './mixture.js';
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
