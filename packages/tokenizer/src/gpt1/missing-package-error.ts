import { GptError } from '@gpt-ts/core';

/** A package that only some people need is not installed. */
export class MissingPackageError extends GptError {
  /** What to install, with its version. */
  readonly package: string;

  constructor(facts: { package: string; purpose: string; hint?: string; cause?: unknown }) {
    super('missing-package', {
      message: `${facts.purpose} needs the package ${facts.package}, which cannot be loaded.`,
      hint: [`Install it with "npm install ${facts.package}".`, facts.hint].filter(Boolean).join(' '),
      cause: facts.cause,
    });
    this.package = facts.package;
  }
}
