import { add, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** tfjs's own. */
export const addComposed: Kernel<'GptAdd', Tensor> = ({ a, b }) => [add(a, b)];
