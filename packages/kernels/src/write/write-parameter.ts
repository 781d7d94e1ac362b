import { InvalidArgumentError } from '@gpt-ts/core';
import { run } from '../run.js';
import type { Parameter } from '../tensor.js';

/**
 * Writes values into a parameter, in place: one copy, from the array to the backend.
 *
 * So a parameter of any size is filled from a file in pieces of any size. It has no gradient; while gradients are being
 * recorded, what was computed from the old values stays as it was.
 *
 * @param parameter - Changed.
 * @param offset - Where the first value goes, counted in elements, row by row.
 * @param values - Copied: the array is the caller's again afterwards.
 * @throws InvalidArgumentError when `offset` is not a whole number, or the values reach past the parameter's end.
 * @example
 * writeParameter(wpe, 3 * nEmbd, row); // position 3 of [nCtx, nEmbd]
 */
export function writeParameter(parameter: Parameter, offset: number, values: Float32Array): void {
  const last = parameter.size - values.length;
  if (last < 0) {
    throw new InvalidArgumentError({
      argument: 'values',
      expected: `at most the ${parameter.size} values that a parameter [${parameter.shape.join(', ')}] holds`,
      received: values.length,
    });
  }
  if (!(Number.isInteger(offset) && offset >= 0 && offset <= last)) {
    throw new InvalidArgumentError({
      argument: 'offset',
      expected: `a whole number from 0 to ${last} for ${values.length} values in a parameter [${parameter.shape.join(', ')}]`,
      received: offset,
    });
  }
  const [written] = run('GptWrite', { x: parameter }, { offset, values });
  parameter.assign(written as Parameter);
  written.dispose();
}
