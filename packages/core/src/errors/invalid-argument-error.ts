import { GptError, show } from './gpt-error.js';

/** A caller passed a value outside what the function takes. */
export class InvalidArgumentError extends GptError {
  readonly argument: string;
  readonly expected: string;
  readonly received: unknown;

  constructor(facts: { argument: string; expected: string; received: unknown; hint?: string }) {
    super('invalid-argument', {
      message: `${facts.argument} must be ${facts.expected}, got ${show(facts.received)}.`,
      hint: facts.hint,
    });
    this.argument = facts.argument;
    this.expected = facts.expected;
    this.received = facts.received;
  }
}
