export { crc32c } from './crc32c.js';
export { detach } from './detach.js';
export { ContextOverflowError } from './errors/context-overflow-error.js';
export { GptError, isGptError, show } from './errors/gpt-error.js';
export { InvalidArgumentError } from './errors/invalid-argument-error.js';
export { InvalidConfigError } from './errors/invalid-config-error.js';
export { InvalidFileError } from './errors/invalid-file-error.js';
export { ShapeError } from './errors/shape-error.js';
export { assertTokens, TokenRangeError } from './errors/token-range-error.js';
export { type Float16, readFloat16, writeFloat16 } from './float16.js';
export { type JsonObject, JsonReader, type JsonValue, parseJsonObject, showJson } from './json-reader.js';
export {
  type ContinuationRequest,
  type ContinuationScore,
  type Decoding,
  type Generated,
  type GenerateRequest,
  type LanguageModel,
  type RollingWindow,
  rollingWindows,
} from './language-model.js';
export { philox4x32 } from './philox.js';
export { Random, streamId } from './random.js';
export { decodeSafetensors, encodeSafetensors, type PlainTensor, type Safetensors } from './safetensors.js';
export {
  type FileDtype,
  type SafetensorsHeader,
  type TensorEntry,
  tensorBytes,
} from './safetensors-header.js';
export { type LazyTensor, openSafetensors, streamSafetensors } from './safetensors-stream.js';
export {
  CHECKSUM,
  CHECKSUM_BYTES,
  sealedSafetensors,
  storedChecksum,
  verifyChecksum,
} from './sealed-safetensors.js';
export { concatBytes, MemoryStorage, type Storage, type StoredFile } from './storage.js';
export { isFloatEntry, type TensorPart, type TensorPiece, tensorPieces } from './tensor-pieces.js';
export { TextStream } from './text-stream.js';
export { utf8Error } from './utf8-error.js';
