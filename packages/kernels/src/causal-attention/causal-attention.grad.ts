import type { GradConfig } from '@tensorflow/tfjs-core';
import { defineGradient } from '../gradient.js';
import { run } from '../run.js';

/** Keeps the input and one number a row. */
export const causalAttentionGrad: GradConfig = defineGradient({
  kernelName: 'GptCausalAttention',
  inputsToSave: ['qkv'],
  outputsToSave: [false, true],
  gradients: (dOut, saved, { nHead }) => {
    const [qkv, logSumExp] = saved;
    return { qkv: () => run('GptCausalAttentionGrad', { dOut, qkv, logSumExp }, { nHead })[0] };
  },
});
