import { mul, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** One pass into a new tensor: tfjs does not write over an input. */
export const scaleComposed: Kernel<'GptScale', Tensor> = ({ x, factor }) => [mul(x, factor)];
