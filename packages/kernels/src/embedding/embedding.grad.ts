import type { GradConfig } from '@tensorflow/tfjs-core';
import { defineGradient } from '../gradient.js';
import { run } from '../run.js';

/** A scatter-add: ids that occur twice collect both rows. */
export const embeddingGrad: GradConfig = defineGradient({
  kernelName: 'GptEmbedding',
  inputsToSave: ['table', 'ids'],
  gradients: (dy, saved) => {
    const [table, ids] = saved;
    return { table: () => run('GptEmbeddingGrad', { dy, ids }, { nVocab: table.shape[0] })[0] };
  },
});
