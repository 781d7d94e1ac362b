export { ContextOverflowError } from '@gpt-ts/core';
export {
  CONFIG_FILE,
  loadConfig,
  loadModel,
  parameterValues,
  saveModel,
  WEIGHTS_FILE,
} from './checkpoint.js';
export { gptConfigFromJson, gptConfigToJson } from './config-json.js';
export {
  type BatchShape,
  forwardFlops,
  kvCacheBytes,
  type TrainingFloats,
  trainingFloats,
  trainingFlops,
} from './cost.js';
export { type BeamSearchOptions, beamSearch, type Hypothesis } from './generation/beam-search.js';
export {
  type EndEvent,
  type GenerateEvent,
  type GenerateOptions,
  generate,
  type TokenEvent,
} from './generation/generate.js';
export { generateText, type TextCodec } from './generation/generate-text.js';
export { languageModel } from './generation/language-model.js';
export type { TokenLogProb } from './generation/log-probability.js';
export { nextProbabilities, type SampleOptions, sampleToken } from './generation/sample.js';
export type { ReadingOptions } from './generation/text-rows.js';
export type { Ending } from './generation/written-text.js';
export { GPT, type Pass, type TokenBatch } from './gpt.js';
export { type GPTConfig, type GPTConfigInput, gptConfig } from './gpt-config.js';
export { KVCache, type KVCacheSize } from './kv-cache.js';
export { countParameters, initialParameters, parameterShapes } from './parameters.js';
export { type Preset, type PresetName, preset, presets } from './presets.js';
export {
  type LabelledBatch,
  type TaskBatch,
  type TaskForm,
  type TaskHeadConfig,
  type TaskLosses,
  TaskModel,
} from './task-model.js';
