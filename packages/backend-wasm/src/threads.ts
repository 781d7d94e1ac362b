/** How many threads to compute on. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Platform } from './platform.js';

const MAX_THREADS = 64; // layers of a small model have no work for more

let warned = false;

/**
 * The number asked for, else one for each core; one where threads cannot share memory, with a warning the first time.
 *
 * @returns The number, and a short reason for people.
 * @throws InvalidArgumentError when `wanted` is not an integer from 1 to 64.
 */
export function chooseThreads(
  wanted: number | undefined,
  { cores, coresAre, alone }: Pick<Platform, 'cores' | 'coresAre' | 'alone'>,
): { threads: number; because: string } {
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= MAX_THREADS)) {
    const expected = `an integer from 1 to ${MAX_THREADS}`;
    throw new InvalidArgumentError({ argument: 'threads', expected, received: wanted });
  }
  if (alone && wanted !== 1) {
    if (!warned) console.warn(`gpt-ts computes on one thread: ${alone.because}. ${alone.hint}`);
    warned = true;
    return { threads: 1, because: alone.because };
  }
  if (wanted !== undefined) return { threads: wanted, because: 'asked for' };
  const because = `${cores} ${cores === 1 ? 'core' : 'cores'} ${coresAre}`;
  if (cores > MAX_THREADS) return { threads: MAX_THREADS, because: `the most, of ${because}` };
  return { threads: cores, because };
}
