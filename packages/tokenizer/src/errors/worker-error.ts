import { GptError } from '@gpt-ts/core';

/** A worker of `encodeBatch` could not start, or ended with work left. */
export class WorkerError extends GptError {
  constructor(cause: unknown) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
    super('worker', {
      message: `a worker of encodeBatch failed: ${reason}.`,
      hint: 'threads: 1 encodes on the calling thread.',
      cause,
    });
  }
}
