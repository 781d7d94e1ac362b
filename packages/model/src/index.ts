export { ContextOverflowError } from '@gpt-ts/core';
export {
  type BatchShape,
  forwardFlops,
  kvCacheBytes,
  type TrainingFloats,
  type TrainingShape,
  trainingFloats,
  trainingFlops,
} from './cost.js';
export { ModelTooLargeError } from './errors/model-too-large-error.js';
export { TooManyTextsError } from './errors/too-many-texts-error.js';
export type { Hypothesis } from './generation/beam.js';
export { type BeamSearchOptions, beamSearch } from './generation/beam-search.js';
export type { DrawableOptions } from './generation/drawable.js';
export {
  type EndEvent,
  type GenerateEvent,
  type GenerateOptions,
  generate,
  type TokenEvent,
} from './generation/generate.js';
export { generateText, type TextCodec } from './generation/generate-text.js';
export { type LanguageModelOptions, languageModel } from './generation/language-model.js';
export type { TokenLogProb } from './generation/log-probability.js';
export { nextProbabilities, type SampleOptions, sampleToken } from './generation/sample.js';
export type { ReadingOptions } from './generation/text-rows.js';
export type { Ending } from './generation/written-text.js';
export { GPT, type Pass, type TokenBatch } from './gpt.js';
export { type GPTConfig, type GPTConfigInput, gptConfig } from './gpt-config.js';
export { growVocabulary } from './grow-vocabulary.js';
export { KVCache, type KVCacheSize } from './kv-cache.js';
export { countParameters, initialParameters, parameterShapes } from './parameters.js';
export { type Preset, type PresetName, preset, presets } from './presets.js';
export { HEAD_FILE, loadTaskModel, saveTaskModel } from './task-files.js';
export {
  type LabelledBatch,
  type TaskBatch,
  type TaskForm,
  type TaskHeadConfig,
  type TaskLosses,
  TaskModel,
  type TaskPass,
} from './task-model.js';
export { gptConfigFromJson, gptConfigToJson } from './weights/config-json.js';
export { type Conversion, convertWeights } from './weights/convert-weights.js';
export {
  CONFIG_FILE,
  GPT1_SHAPES_FILE,
  INDEX_FILE,
  LLM_C_FILE,
  WEIGHTS_FILE,
} from './weights/files/weight-files.js';
export { layoutNames } from './weights/layouts/all-layouts.js';
export type { LayoutName } from './weights/layouts/layout.js';
export { loadConfig } from './weights/load-config.js';
export { type LoadOptions, loadModel } from './weights/load-model.js';
export type { ModelSource } from './weights/open-model.js';
export { parameterParts } from './weights/parameter-parts.js';
export { saveModel } from './weights/save-model.js';
export type { WeightDtype } from './weights/tensor-chunks.js';
export type { WriteOptions, WrittenModel } from './weights/write-weights.js';
