import { GptError, show } from '@gpt-ts/core';
import type { ExampleSource } from '../example.js';

/** A row of a file is not the example it should be. */
export class InvalidExampleError extends GptError {
  readonly file: string;
  /** As in {@link ExampleSource}. */
  readonly row: number;
  /** The column, key or element that is wrong; undefined when it is the whole row. */
  readonly column: string | undefined;
  readonly expected: string;
  readonly received: unknown;

  constructor(
    facts: {
      expected: string;
      received: unknown;
      column?: string;
      hint?: string;
      cause?: unknown;
    } & ExampleSource,
  ) {
    const { file, row, column, expected, received, hint, cause } = facts;
    const what = column === undefined ? '' : `, ${column}`;
    const message = `${file}: row ${row}${what}: must be ${expected}, got ${show(received)}.`;
    super('invalid-example', { message, hint, cause });
    this.file = file;
    this.row = row;
    this.column = column;
    this.expected = expected;
    this.received = received;
  }
}
