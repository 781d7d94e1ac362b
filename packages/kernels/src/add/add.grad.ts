import type { Gradient } from '../gradient.js';
import { share } from '../tensor.js';

/** The gradient flows to both sides unchanged. */
export const addGrad: Gradient<'GptAdd'> = {
  kernelName: 'GptAdd',
  gradients: ([dy]) => {
    return { a: () => share(dy), b: () => share(dy) };
  },
};
