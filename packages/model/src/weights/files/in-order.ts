import type { FileDtype, StoredFile } from '@gpt-ts/core';
import { tensorBytes } from '@gpt-ts/core';
import type { FileTensor } from '../layouts/layout.js';
import type { FoundTensor } from './found-tensor.js';

/** Tensors that lie one behind the other in a file without names. */
export function inOrder(
  tensors: readonly FileTensor[],
  { file, fileName, begin, dtype }: { file: StoredFile; fileName: string; begin: number; dtype: FileDtype },
): Map<string, FoundTensor> {
  let at = begin;
  return new Map(
    tensors.map(({ name, shape }) => {
      const entry = { dtype, shape, begin: at, end: (at += tensorBytes(dtype, shape)) };
      return [name, { file, fileName, entry }];
    }),
  );
}
