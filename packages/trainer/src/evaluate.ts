import { dispose } from '@gpt-ts/kernels';
import type { GPT, TokenBatch } from '@gpt-ts/model';

/** Result of {@link evaluate}. */
export interface Evaluation {
  /** Mean negative log-likelihood of a token, in nats. */
  loss: number;
  /** Tokens predicted. */
  tokens: number;
}

/**
 * Mean loss of a model over batches: every counted token weighs the same, summed in double precision.
 *
 * @param signal - Stops between two batches, throwing the signal's reason.
 */
export async function evaluate(
  model: GPT,
  batches: Iterable<TokenBatch>,
  signal?: AbortSignal,
): Promise<Evaluation> {
  let nats = 0;
  let tokens = 0;
  for (const batch of batches) {
    signal?.throwIfAborted();
    const { loss, nll } = model.loss(batch);
    for (const value of await nll.data()) nats += value;
    for (const target of batch.targets) if (target >= 0) tokens++;
    dispose([loss, nll]);
  }
  return { loss: nats / tokens, tokens };
}
