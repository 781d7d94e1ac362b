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
export { ContextOverflowError } from './errors/context-overflow-error.js';
export { type GenerateOptions, generate } from './generate.js';
export { GPT, type Pass, type TokenBatch } from './gpt.js';
export { type GPTConfig, type GPTConfigInput, gptConfig } from './gpt-config.js';
export { KVCache, type KVCacheSize } from './kv-cache.js';
export { languageModel } from './language-model.js';
export { countParameters, initialParameters, parameterShapes } from './parameters.js';
export { type Preset, type PresetName, preset, presets } from './presets.js';
export { nextProbabilities, type SampleOptions, sampleToken } from './sample.js';
