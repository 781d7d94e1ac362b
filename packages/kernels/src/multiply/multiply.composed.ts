import { mul, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** tfjs's own. */
export const multiplyComposed: Kernel<'GptMultiply', Tensor> = ({ a, b }) => [mul(a, b)];
