/** The gradient of an update, in pieces that fit into memory. */
import { dispose, type Tensor, valueAndGrads } from '@gpt-ts/kernels';
import type { Objective } from './objectives/objective.js';
import type { TrainSettings } from './settings.js';

/** Loss and gradient of a batch. */
export interface Gradients {
  /** The loss, then its parts. */
  losses: number[];
  /** In the order of the objective's parameters. The caller disposes them. */
  grads: Tensor[];
}

/**
 * Runs a batch forward and back, `microBatchSize` sequences at a time, and adds up what comes.
 *
 * @param first - Number of the batch's first sequence. Dropout masks follow from the seed and the number of each piece's first.
 */
export async function gradientsOf<B>(
  objective: Objective<B>,
  batch: B,
  first: number,
  { microBatchSize, seed, recompute }: Pick<TrainSettings, 'microBatchSize' | 'seed' | 'recompute'>,
): Promise<Gradients> {
  const parameters = [...objective.parameters.values()];
  const { sequences } = objective.sizeOf(batch);
  const size = microBatchSize ?? sequences;
  const pieces = size < sequences ? objective.split(batch, size) : [batch];
  const losses: number[] = new Array(1 + objective.parts.length).fill(0);
  let grads: Tensor[] | undefined;
  for (const [i, piece] of pieces.entries()) {
    const pass = { dropout: { seed, step: first + i * size }, recompute };
    const found = valueAndGrads(() => objective.losses(piece, batch, pass), parameters, grads);
    grads = found.grads;
    const values = [found.value, ...found.others];
    for (const [part, value] of values.entries()) losses[part] += (await value.data())[0];
    dispose(values);
  }
  return { losses, grads: grads! };
}
