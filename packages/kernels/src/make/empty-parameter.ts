import { InvalidArgumentError } from '@gpt-ts/core';
import { run } from '../run.js';
import { asParameter, assertBackend, type Parameter } from '../tensor.js';

/**
 * A float32 parameter to be filled by `writeParameter`, made on the backend: no copy of it is ever in JavaScript.
 *
 * @param shape - Its shape; its values are 0 until they are written. Dispose it yourself, as any parameter.
 * @throws InvalidArgumentError when a dimension is not a whole number.
 * @throws MissingKernelError when no backend is set.
 * @example
 * const wte = emptyParameter([50257, 768]);
 * for await (const { offset, values } of pieces) writeParameter(wte, offset, values);
 */
export function emptyParameter(shape: readonly number[]): Parameter {
  assertBackend('emptyParameter');
  if (!shape.every((dim) => Number.isInteger(dim) && dim >= 0)) {
    throw new InvalidArgumentError({ argument: 'shape', expected: 'whole numbers', received: shape });
  }
  return asParameter(run('GptMake', {}, { shape })[0]);
}
