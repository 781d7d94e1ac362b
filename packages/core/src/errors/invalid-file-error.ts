import { GptError } from './gpt-error.js';

/** A file is missing, cut short, or says something about itself that is not true. */
export class InvalidFileError extends GptError {
  readonly file: string;
  /** The part of the file that is wrong, such as a tensor's name. */
  readonly field: string | undefined;

  constructor(facts: { file: string; field?: string; problem: string; hint?: string; cause?: unknown }) {
    const where = facts.field === undefined ? facts.file : `${facts.file}: ${facts.field}`;
    super('invalid-file', { message: `${where}: ${facts.problem}.`, hint: facts.hint, cause: facts.cause });
    this.file = facts.file;
    this.field = facts.field;
  }
}
