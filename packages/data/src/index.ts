export type { Batch, WindowOptions } from './batch.js';
export { type RandomWindows, type RandomWindowsOptions, randomWindows } from './random-windows.js';
export { type SplitOptions, splitTokens, type TokenSplit } from './split-tokens.js';
export {
  STORY_KINDS,
  type StoryCorpusOptions,
  type StoryOptions,
  stories,
  story,
  storyCorpus,
} from './story-world/story.js';
export { sweepWindows } from './sweep-windows.js';
export type { TokenArray } from './token-array.js';
