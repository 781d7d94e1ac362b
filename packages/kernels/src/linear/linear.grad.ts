import type { GradConfig } from '@tensorflow/tfjs-core';
import { defineGradient } from '../gradient.js';
import { run } from '../run.js';

/** For `y = x W + b`: `dx = dy Wᵀ`, `dW = xᵀ dy`, `db` = the rows of `dy` added up. */
export const linearGrad: GradConfig = defineGradient({
  kernelName: 'GptLinear',
  inputsToSave: ['x', 'weight'],
  gradients: (dy, saved) => {
    const [x, weight] = saved;
    return {
      x: () => run('GptMatMul', { a: dy, b: weight }, { transposeA: false, transposeB: true })[0],
      weight: () => run('GptMatMul', { a: x, b: dy }, { transposeA: true, transposeB: false })[0],
      bias: () => run('GptColumnSum', { x: dy }, {})[0],
    };
  },
});
