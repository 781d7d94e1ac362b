import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { sizeOf } from '../shape.js';

/** Zeros. */
export const makeReference: Kernel<'GptMake', PlainTensor> = (_, { shape }) => [
  { shape, data: new Float32Array(sizeOf(shape)) },
];
