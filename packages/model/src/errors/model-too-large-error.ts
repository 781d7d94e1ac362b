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
    const sizes = [neededBytes, facts.availableBytes];
    const [needed, room] = new Set(sizes.map(rounded)).size === 2 ? sizes.map(rounded) : sizes.map(exact);
    super('model-too-large', {
      message: `the model's ${facts.parameters.toLocaleString('en')} parameters take ${needed}, but there is room for ${room}.`,
      hint: 'Use a smaller model, or dispose of others first: a WebAssembly memory ends at 4.3 GB, so GPT-2 Large (3.1 GB) fits and GPT-2 XL (6.2 GB) does not.',
    });
    this.parameters = facts.parameters;
    this.neededBytes = neededBytes;
    this.availableBytes = facts.availableBytes;
  }
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Two significant digits: `72 bytes`, `6.2 GB`, `4.0 TB`. */
function rounded(bytes: number): string {
  let value = Number(bytes.toPrecision(2));
  let unit = 0;
  for (; value >= 1000 && unit < UNITS.length - 1; unit++) value /= 1000;
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

function exact(bytes: number): string {
  return `${bytes.toLocaleString('en')} bytes`;
}
