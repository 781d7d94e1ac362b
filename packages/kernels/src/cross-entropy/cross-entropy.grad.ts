import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** Only the loss is differentiable; the per-position values are for reading. */
export const crossEntropyGrad: Gradient<'GptCrossEntropy'> = {
  kernelName: 'GptCrossEntropy',
  inputsToSave: ['logits', 'targets'],
  outputsToSave: [false, false, true, true],
  gradients: ([dLoss], saved) => {
    const [logits, targets, logSumExp, weights] = saved;
    const inputs = { dLoss, logits, targets, logSumExp, weights };
    return { logits: () => run('GptCrossEntropyGrad', inputs, {})[0] };
  },
};
