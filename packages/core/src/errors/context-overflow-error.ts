import { GptError } from './gpt-error.js';

/** More tokens than a model has positions. */
export class ContextOverflowError extends GptError {
  readonly tokens: number;
  readonly nCtx: number;

  constructor(facts: { tokens: number; nCtx: number }) {
    super('context-overflow', {
      message: `${facts.tokens} tokens exceed nCtx ${facts.nCtx}.`,
      hint: `Leave out ${facts.tokens - facts.nCtx} of them, or use a model with a longer context.`,
    });
    this.tokens = facts.tokens;
    this.nCtx = facts.nCtx;
  }
}
