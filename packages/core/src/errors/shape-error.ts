import { GptError } from './gpt-error.js';

/** Two shapes that must agree do not. */
export class ShapeError extends GptError {
  readonly op: string;
  readonly argument: string;
  readonly expected: string;
  readonly received: readonly number[];

  constructor(facts: { op: string; argument: string; expected: string; received: readonly number[] }) {
    super('shape', {
      message: `${facts.op}: ${facts.argument} must be ${facts.expected}, got [${facts.received.join(', ')}].`,
    });
    this.op = facts.op;
    this.argument = facts.argument;
    this.expected = facts.expected;
    this.received = facts.received;
  }
}
