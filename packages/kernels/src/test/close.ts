/** Comparing tensors with a tolerance. */
import { GptError } from '@gpt-ts/core';

/** `|got - want| <= atol + rtol |want|`. */
export interface Tolerance {
  rtol: number;
  atol: number;
}

/** A result outside its tolerance. */
export class MismatchError extends GptError {
  constructor(facts: { name: string; index: number; got: number; want: number }) {
    super('mismatch', {
      message: `${facts.name}[${facts.index}]: got ${facts.got}, want ${facts.want}.`,
    });
  }
}

/** Throws {@link MismatchError} at the element farthest outside its tolerance. Returns the largest difference. */
export function assertClose(
  name: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  { rtol, atol }: Tolerance,
): number {
  if (got.length !== want.length) {
    throw new MismatchError({ name: `${name}.length`, index: 0, got: got.length, want: want.length });
  }
  let largest = 0;
  let worst = 1;
  let at = -1;
  for (let i = 0; i < want.length; i++) {
    const difference = Math.abs(got[i] - want[i]);
    const share = difference === 0 ? 0 : difference / (atol + rtol * Math.abs(want[i]));
    largest = Math.max(largest, difference);
    if (!(share <= worst)) {
      worst = share; // NaN lands here too, and stays
      at = i;
      if (Number.isNaN(share)) break;
    }
  }
  if (at >= 0) throw new MismatchError({ name, index: at, got: got[at], want: want[at] });
  return largest;
}
