import { decodeSafetensors, type Safetensors } from '@gpt-ts/core';

const PATHS = {
  attention: 'kernels/attention',
  layernorm: 'kernels/layernorm',
  gelu: 'kernels/gelu',
  cross_entropy: 'kernels/cross_entropy',
  embedding: 'kernels/embedding',
  sparse: 'sparse-attention/sparse',
};

/** The golden files that the suite compares with. */
export type GoldenFiles = Record<keyof typeof PATHS, Safetensors['tensors']>;

/**
 * Reads the golden files.
 *
 * @param read - The bytes of a file, given its path in the folder `tooling/golden` of the repository.
 * @example
 * const files = readGoldenFiles((path) => readFileSync(`tooling/golden/${path}`));
 */
export function readGoldenFiles(read: (path: string) => Uint8Array): GoldenFiles {
  const entries = Object.entries(PATHS).map(([name, path]) => {
    const file = `${path}.safetensors`;
    return [name, decodeSafetensors(read(file), file).tensors];
  });
  return Object.fromEntries(entries);
}
