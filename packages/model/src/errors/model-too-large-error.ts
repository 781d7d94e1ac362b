import { GptError } from '@gpt-ts/core';

/** A model whose parameters do not fit into the backend's memory. */
export class ModelTooLargeError extends GptError {
  /** Numbers the model would have. */
  readonly parameters: number;
  /** Bytes they take. */
  readonly neededBytes: number;
  /** Bytes there are for them. */
  readonly availableBytes: number;

  constructor(facts: { parameters: number; availableBytes: number }) {
    const neededBytes = 4 * facts.parameters;
    const show = (bytes: number) => `${(bytes / 1e9).toPrecision(2)} GB`;
    super('model-too-large', {
      message: `the model's ${facts.parameters.toLocaleString('en')} parameters take ${show(neededBytes)}, but there is room for ${show(facts.availableBytes)}.`,
      hint: 'Use a smaller model: a WebAssembly memory ends at 4.3 GB, so of the four GPT-2 sizes GPT-2 XL (6.2 GB) does not fit.',
    });
    this.parameters = facts.parameters;
    this.neededBytes = neededBytes;
    this.availableBytes = facts.availableBytes;
  }
}
