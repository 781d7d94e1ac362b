import { concat, reshape, slice, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** What stands before, the values, what stands after: a new tensor for each piece, since tfjs never writes in place. */
export const writeComposed: Kernel<'GptWrite', Tensor> = ({ x }, { offset, values }) => {
  const flat = reshape(x, [x.size]);
  const end = offset + values.length;
  const parts = [
    offset > 0 ? [slice(flat, 0, offset)] : [],
    values.length > 0 ? [tensor1d(values.slice(), 'float32')] : [], // tfjs's cpu backend would keep the array itself
    end < x.size ? [slice(flat, end, x.size - end)] : [],
  ].flat();
  return [parts.length === 0 ? x : reshape(concat(parts), x.shape)];
};
