/**
 * The two builds of the kernels and which of them runs.
 *
 * `relaxed` multiplies and adds in one instruction (the relaxed SIMD proposal, a WebAssembly 3.0 feature); `plain` needs
 * two, and runs on every engine with 128-bit SIMD. They round differently, so each has bits of its own.
 */
import { GptError, InvalidArgumentError } from '@gpt-ts/core';

/** A build of the kernels. */
export type SimdVariant = 'relaxed' | 'plain';

/** `relaxed` was asked for where it cannot run. */
export class RelaxedSimdError extends GptError {
  constructor() {
    super('no-relaxed-simd', {
      message: "simd: 'relaxed' needs relaxed SIMD, and this JavaScript engine refuses a module with it.",
      hint: "Leave simd out, or use Node 20.19 or newer, Chrome 114 or newer, Firefox 145 or newer; 'plain' runs here.",
    });
  }
}

/** `(module (func (result v128) …))` with one `f32x4.relaxed_madd`. */
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // "\0asm", version 1
  ...[1, 5, 1, 0x60, 0, 1, 0x7b], // a type: nothing to v128
  ...[3, 2, 1, 0], // a function of it
  ...[10, 19, 1, 17, 0, 65, 0, 0xfd, 15, 65, 0, 0xfd, 15, 65, 0, 0xfd, 15, 0xfd, 0x85, 2, 11], // three splats, the sum
);

/**
 * The build to run: the one asked for, else `relaxed` where the engine can.
 *
 * @param enable - Switches relaxed SIMD on where an engine has it behind a flag. Called only when it is off.
 * @throws RelaxedSimdError when `relaxed` is asked for and cannot run.
 * @throws InvalidArgumentError when `wanted` is neither build.
 */
export function chooseSimd(wanted: SimdVariant | undefined, enable: () => void): SimdVariant {
  if (wanted !== undefined && wanted !== 'relaxed' && wanted !== 'plain') {
    const expected = "'relaxed' or 'plain'";
    throw new InvalidArgumentError({ argument: 'simd', expected, received: wanted });
  }
  if (wanted === 'plain') return 'plain';
  if (!WebAssembly.validate(PROBE)) enable();
  if (WebAssembly.validate(PROBE)) return 'relaxed';
  if (wanted === 'relaxed') throw new RelaxedSimdError();
  return 'plain';
}
