export { ContextOverflowError } from './errors/context-overflow-error.js';
export { GptError, isGptError, show } from './errors/gpt-error.js';
export { InvalidArgumentError } from './errors/invalid-argument-error.js';
export { InvalidConfigError } from './errors/invalid-config-error.js';
export { InvalidFileError } from './errors/invalid-file-error.js';
export { ShapeError } from './errors/shape-error.js';
export { assertTokens, TokenRangeError } from './errors/token-range-error.js';
export {
  type ContinuationRequest,
  type ContinuationScore,
  type GenerateRequest,
  type LanguageModel,
  type RollingWindow,
  rollingWindows,
} from './language-model.js';
export { philox4x32 } from './philox.js';
export { Random, streamId } from './random.js';
export {
  decodeSafetensors,
  encodeSafetensors,
  type PlainTensor,
  type Safetensors,
  type TensorDtype,
} from './safetensors.js';
export { concatBytes, MemoryStorage, type Storage } from './storage.js';
export { TextStream } from './text-stream.js';
export { utf8Error } from './utf8-error.js';
