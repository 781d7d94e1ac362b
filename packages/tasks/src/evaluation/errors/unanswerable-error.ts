import { GptError } from '@gpt-ts/core';
import type { ExampleSource } from '../../example.js';

/** An item cannot be put to this model. */
export class UnanswerableError extends GptError {
  readonly file: string;
  readonly row: number;

  constructor({ file, row }: ExampleSource, cause: Error) {
    super('unanswerable', { message: `${file}: row ${row}: ${cause.message}`, cause });
    this.file = file;
    this.row = row;
  }
}
