import { GptError } from '@gpt-ts/core';

/** A compute thread died, trapped, does not start or does not answer. What was being computed is lost. */
export class WorkerLostError extends GptError {
  constructor(reason: unknown) {
    super('worker-lost', {
      message: `a compute thread is gone: ${reason instanceof Error ? reason.message : String(reason)}.`,
      hint: 'Start the program again, from its last checkpoint; if it happens twice, use threads: 1 and report it.',
      cause: reason,
    });
  }
}
