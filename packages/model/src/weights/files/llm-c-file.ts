/**
 * llm.c's model file: 256 int32 of header, then the tensors.
 *
 * @see karpathy/llm.c `train_gpt2.py`, `write_model`.
 */
import {
  InvalidArgumentError,
  InvalidConfigError,
  InvalidFileError,
  type StoredFile,
  tensorBytes,
} from '@gpt-ts/core';
import { checkedConfig, type GPTConfig } from '../../gpt-config.js';
import type { FileTensor } from '../layouts/layout.js';
import { llmCTensors, paddedVocab } from '../layouts/llm-c.js';

const MAGIC = 20240326;
const HEADER_INTS = 256;
/** Version of the header by element type. */
const VERSIONS = { F32: 3, BF16: 5 } as const;

/** Bytes in front of the tensors. */
export const LLM_C_HEADER_BYTES: number = 4 * HEADER_INTS;

/** What a header says. */
export interface LlmCHeader {
  readonly config: GPTConfig;
  readonly dtype: keyof typeof VERSIONS;
  readonly tensors: FileTensor[];
}

/**
 * Reads the header and compares it with the size of the file.
 *
 * @throws InvalidFileError when it is no such file, or has more or fewer bytes than its header asks for.
 * @throws InvalidConfigError naming a number of the header that no model can have.
 */
export async function readLlmCHeader(file: StoredFile, name: string): Promise<LlmCHeader> {
  const fail = (problem: string, hint?: string): never => {
    throw new InvalidFileError({ file: name, problem, hint });
  };
  if (file.size < LLM_C_HEADER_BYTES) fail(`${file.size} bytes are too few for a model of llm.c`);
  const header = new Int32Array(HEADER_INTS);
  await file.read(0, new Uint8Array(header.buffer));
  if (header[0] !== MAGIC) {
    const hint = 'Files of PyTorch (.bin, .pt) are not read: save them as safetensors.';
    fail(`begins with ${header[0]}, not with the ${MAGIC} of llm.c's models`, hint);
  }
  const dtype = header[1] === VERSIONS.F32 ? 'F32' : header[1] === VERSIONS.BF16 ? 'BF16' : undefined;
  if (dtype === undefined) return fail(`is of version ${header[1]}; 3 (float32) and 5 (bfloat16) are known`);
  const [nCtx, nVocab, nLayer, nHead, nEmbd, padded] = header.subarray(2, 8);
  const config = checkedConfig({ nCtx, nVocab, nLayer, nHead, nEmbd }, name, (field) => field);
  if (padded < nVocab || padded > 2 ** 24) {
    const expected = `at least the vocabulary of ${nVocab}`;
    throw new InvalidConfigError({ source: name, field: 'header[7]', expected, received: padded });
  }
  const tensors = llmCTensors(config, padded);
  const size = tensors.reduce((sum, { shape }) => sum + tensorBytes(dtype, shape), LLM_C_HEADER_BYTES);
  if (size !== file.size)
    fail(`has ${file.size} bytes, but its header asks for ${size}`, 'The file is cut short.');
  return { config, dtype, tensors };
}

/**
 * The header of a model.
 *
 * @throws InvalidArgumentError for an element type that llm.c has not.
 */
export function llmCHeader(config: GPTConfig, dtype: string): Uint8Array {
  if (dtype !== 'F32' && dtype !== 'BF16') {
    throw new InvalidArgumentError({ argument: 'dtype', expected: 'F32 or BF16 for llm.c', received: dtype });
  }
  const header = new Int32Array(HEADER_INTS);
  const { nCtx, nVocab, nLayer, nHead, nEmbd } = config;
  header.set([MAGIC, VERSIONS[dtype], nCtx, nVocab, nLayer, nHead, nEmbd, paddedVocab(config)]);
  return new Uint8Array(header.buffer);
}
