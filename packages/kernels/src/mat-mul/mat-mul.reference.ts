import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { matMulShape } from './mat-mul.js';

/** Three loops, summed in double precision. */
export const matMulReference: Kernel<'GptMatMul', PlainTensor> = ({ a, b }, attrs) => {
  const { m, n, k, shape } = matMulShape(a.shape, b.shape, attrs);
  const data = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) {
        const left = attrs.transposeA ? a.data[p * m + i] : a.data[i * k + p];
        const right = attrs.transposeB ? b.data[j * k + p] : b.data[p * n + j];
        sum += left * right;
      }
      data[i * n + j] = sum;
    }
  }
  return [{ shape, data }];
};
