import type { GradConfig } from '@tensorflow/tfjs-core';
import { defineGradient } from '../gradient.js';

/** The gradient flows to both sides unchanged. */
export const addGrad: GradConfig = defineGradient({
  kernelName: 'GptAdd',
  gradients: (dy) => {
    return { a: () => dy.clone(), b: () => dy.clone() };
  },
});
