import { GptError } from '@gpt-ts/core';

/** A tensor of integers stands where floats are wanted, or the other way round. */
export class DtypeError extends GptError {
  readonly kernel: string;
  readonly argument: string;
  readonly expected: string;
  readonly received: string;

  constructor(facts: { kernel: string; argument: string; expected: string; received: string }) {
    super('dtype', {
      message: `${facts.kernel}: ${facts.argument} must be ${facts.expected}, got ${facts.received}.`,
      hint: 'Make ids and targets with idTensor(), everything else with tensor() or parameter().',
    });
    this.kernel = facts.kernel;
    this.argument = facts.argument;
    this.expected = facts.expected;
    this.received = facts.received;
  }
}
