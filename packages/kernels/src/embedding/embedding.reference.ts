import { assertTokens, type PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { lastDim } from '../shape.js';

/** Copies one row an id. */
export const embeddingReference: Kernel<'GptEmbedding', PlainTensor> = ({ table, ids }) => {
  const [v, c] = table.shape;
  assertTokens(ids.data, v);
  const data = new Float32Array(ids.data.length * c);
  ids.data.forEach((id, i) => {
    data.set(table.data.subarray(id * c, (id + 1) * c), i * c);
  });
  return [{ shape: [...ids.shape, c], data }];
};

/** Adds each row of `dy` to the row of the table it was read from, in double precision. */
export const embeddingGradReference: Kernel<'GptEmbeddingGrad', PlainTensor> = (
  { dy, ids, sum },
  { nVocab },
) => {
  const c = lastDim(dy.shape);
  const sums = sum ? Float64Array.from(sum.data) : new Float64Array(nVocab * c);
  ids.data.forEach((id, i) => {
    for (let d = 0; d < c; d++) sums[id * c + d] += dy.data[i * c + d];
  });
  return [{ shape: [nVocab, c], data: Float32Array.from(sums) }];
};
