import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** Only the mean loss is differentiable; the per-position values are for reading. */
export const crossEntropyGrad: Gradient<'GptCrossEntropy'> = {
  kernelName: 'GptCrossEntropy',
  inputsToSave: ['logits', 'targets'],
  outputsToSave: [false, false, true],
  gradients: ([dLoss], saved) => {
    const [logits, targets, logSumExp] = saved;
    return { logits: () => run('GptCrossEntropyGrad', { dLoss, logits, targets, logSumExp }, {})[0] };
  },
};
