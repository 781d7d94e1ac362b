import type { Gradient } from '../gradient.js';
import { run } from '../run.js';

/** A scatter-add: ids that occur twice collect both rows. */
export const embeddingGrad: Gradient<'GptEmbedding'> = {
  kernelName: 'GptEmbedding',
  inputsToSave: ['table', 'ids'],
  accumulates: 'table',
  gradients: ([dy], [table, ids]) => ({
    table: (sum) => run('GptEmbeddingGrad', { dy, ids, sum }, { nVocab: table.shape[0] })[0],
  }),
};
