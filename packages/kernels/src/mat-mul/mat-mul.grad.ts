import type { Gradient } from '../gradient.js';
import { run } from '../run.js';
import type { Tensor } from '../tensor.js';

/** For `C = A B`: `dA = dC Bᵀ` and `dB = Aᵀ dC`, and the same with either factor transposed. */
export const matMulGrad: Gradient<'GptMatMul'> = {
  kernelName: 'GptMatMul',
  inputsToSave: ['a', 'b'],
  gradients: ([dc], saved, { transposeA: ta, transposeB: tb }) => {
    const [a, b] = saved;
    return {
      a: () => (ta ? product(b, dc, tb, true) : product(dc, b, false, !tb)),
      b: () => (tb ? product(dc, a, true, ta) : product(a, dc, !ta, false)),
    };
  },
};

function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return run('GptMatMul', { a, b }, { transposeA, transposeB })[0];
}
