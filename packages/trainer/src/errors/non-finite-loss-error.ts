import { GptError } from '@gpt-ts/core';

/** The loss or the gradient stopped being a number: the run diverged. The parameters were left as they were. */
export class NonFiniteLossError extends GptError {
  readonly step: number;
  readonly loss: number;
  readonly gradNorm: number;

  constructor(facts: {
    step: number;
    loss: number;
    gradNorm: number;
    learningRate: number;
    savedStep: number | undefined;
  }) {
    const saved =
      facts.savedStep === undefined
        ? 'There is no checkpoint yet.'
        : `The checkpoint of step ${facts.savedStep} is untouched.`;
    super('non-finite-loss', {
      message: `step ${facts.step}: the loss is ${facts.loss}, the gradient norm ${facts.gradNorm}.`,
      hint: `${saved} Lower the learning rate (it was ${facts.learningRate.toPrecision(3)}) or lengthen the warm-up.`,
    });
    this.step = facts.step;
    this.loss = facts.loss;
    this.gradNorm = facts.gradNorm;
  }
}
