export {
  type BatchShape,
  forwardFlops,
  kvCacheBytes,
  type TrainingFloats,
  trainingFloats,
  trainingFlops,
} from './cost.js';
export { ContextOverflowError } from './errors/context-overflow-error.js';
export { ModelTooLargeError } from './errors/model-too-large-error.js';
export { type GenerateOptions, generate } from './generate.js';
export { GPT, type Pass, type TokenBatch } from './gpt.js';
export { type GPTConfig, type GPTConfigInput, gptConfig } from './gpt-config.js';
export { KVCache, type KVCacheSize } from './kv-cache.js';
export { languageModel } from './language-model.js';
export { countParameters, initialParameters, parameterShapes } from './parameters.js';
export { type Preset, type PresetName, preset, presets } from './presets.js';
export { nextProbabilities, type SampleOptions, sampleToken } from './sample.js';
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
