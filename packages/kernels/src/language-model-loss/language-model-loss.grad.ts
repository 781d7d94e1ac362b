import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** The forward pass has done the work: both gradients only wait for the loss's own. */
export const languageModelLossGrad: Gradient<'GptLanguageModelLoss'> = {
  kernelName: 'GptLanguageModelLoss',
  outputsToSave: [false, false, true, true],
  gradients: ([dLoss], [dx, dHead]) => ({
    x: () => run('GptScale', { x: dx, factor: dLoss }, {})[0],
    head: () => run('GptScale', { x: dHead, factor: dLoss }, {})[0],
  }),
};
