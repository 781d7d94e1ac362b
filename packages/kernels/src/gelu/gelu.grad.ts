import type { GradConfig } from '@tensorflow/tfjs-core';
import { defineGradient } from '../gradient.js';
import { run } from '../run.js';

/** Keeps only the input and recomputes the rest. */
export const geluGrad: GradConfig = defineGradient({
  kernelName: 'GptGelu',
  inputsToSave: ['x'],
  gradients: (dy, saved) => {
    const [x] = saved;
    return { x: () => run('GptGeluGrad', { dy, x }, {})[0] };
  },
});
