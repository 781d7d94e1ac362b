import { GptError, show } from './gpt-error.js';

/** A configuration field has a value no model or run can have. Names file, field and value. */
export class InvalidConfigError extends GptError {
  /** Where the configuration came from: a file name, or `'config'`. */
  readonly source: string;
  readonly field: string;
  readonly expected: string;
  readonly received: unknown;

  constructor(facts: { source?: string; field: string; expected: string; received: unknown; hint?: string }) {
    const source = facts.source ?? 'config';
    super('invalid-config', {
      message: `${source}: ${facts.field} must be ${facts.expected}, got ${show(facts.received)}.`,
      hint: facts.hint,
    });
    this.source = source;
    this.field = facts.field;
    this.expected = facts.expected;
    this.received = facts.received;
  }
}
