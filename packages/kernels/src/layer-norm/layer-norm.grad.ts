import type { Gradient } from '../gradient.js';
import { run } from '../run.js';
import { share } from '../tensor.js';

/** All gradients come from one pass; the mean and deviation of each row are kept from the forward pass. */
export const layerNormGrad: Gradient<'GptLayerNorm'> = {
  kernelName: 'GptLayerNorm',
  inputsToSave: ['x', 'gain'],
  outputsToSave: [false, true, true, true],
  gradients: ([dy], [x, gain, mean, rstd, sum = x]) => {
    const [dx, dGain, dBias] = run('GptLayerNormGrad', { dy, x: sum, gain, mean, rstd }, {});
    return { x: () => dx, residual: () => share(dx), gain: () => dGain, bias: () => dBias };
  },
};
