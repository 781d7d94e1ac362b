import type { GradConfig } from '@tensorflow/tfjs-core';
import { defineGradient } from '../gradient.js';
import { run } from '../run.js';

/** All three gradients come from one pass; the mean and deviation of each row are kept from the forward pass. */
export const layerNormGrad: GradConfig = defineGradient({
  kernelName: 'GptLayerNorm',
  inputsToSave: ['x', 'gain'],
  outputsToSave: [false, true, true],
  gradients: (dy, saved) => {
    const [x, gain, mean, rstd] = saved;
    const [dx, dGain, dBias] = run('GptLayerNormGrad', { dy, x, gain, mean, rstd }, {});
    return { x: () => dx, gain: () => dGain, bias: () => dBias };
  },
});
