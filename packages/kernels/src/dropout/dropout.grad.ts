import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** The same mask on the way back. */
export const dropoutGrad: Gradient<'GptDropout'> = {
  kernelName: 'GptDropout',
  gradients: ([dy], _, attrs) => ({ x: () => run('GptDropout', { x: dy }, attrs)[0] }),
};
