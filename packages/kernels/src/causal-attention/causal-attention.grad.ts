import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** Keeps the input, the output and one number a row. */
export const causalAttentionGrad: Gradient<'GptCausalAttention'> = {
  kernelName: 'GptCausalAttention',
  inputsToSave: ['qkv'],
  outputsToSave: [true, true],
  gradients: ([dOut], saved, attrs) => {
    const [qkv, out, logSumExp] = saved;
    return { qkv: () => run('GptCausalAttentionGrad', { dOut, qkv, out, logSumExp }, attrs)[0] };
  },
};
