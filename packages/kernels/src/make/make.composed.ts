import { type Tensor, zeros } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** tfjs's zeros, which it makes in JavaScript. */
export const makeComposed: Kernel<'GptMake', Tensor> = (_, { shape }) => [zeros([...shape])];
