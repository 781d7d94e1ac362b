import type { Gradient } from '../gradient.js';
import { run } from '../run.js';
import { share } from '../tensor.js';

/** For `y = x W + b`: `dx = dy Wᵀ`, `dW = xᵀ dy`, `db` = the rows of `dy` added up; the GELU's slope, kept, comes first. */
export const linearGrad: Gradient<'GptLinear'> = {
  kernelName: 'GptLinear',
  inputsToSave: ['x', 'weight'],
  outputsToSave: [false, true],
  gradients: ([dy], saved, { activation }) => {
    const [x, weight, slope] = saved;
    const dz = activation === 'none' ? dy : run('GptMultiply', { a: dy, b: slope }, {})[0];
    return {
      x: () => run('GptMatMul', { a: dz, b: weight }, { transposeA: false, transposeB: true })[0],
      weight: () => run('GptMatMul', { a: x, b: dz }, { transposeA: true, transposeB: false })[0],
      bias: () => run('GptColumnSum', { x: dz }, {})[0],
      residual: () => share(dy),
    };
  },
};
