import { InvalidArgumentError } from '@gpt-ts/core';

const PATTERN = /^checkpoint-(\d{8,})\.safetensors$/;

/**
 * The name of a step's checkpoint in the storage of its run.
 *
 * @throws InvalidArgumentError when `step` is not a count.
 * @example
 * checkpointName(500); // => 'checkpoint-00000500.safetensors'
 */
export function checkpointName(step: number): string {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new InvalidArgumentError({ argument: 'step', expected: 'a whole number from 0', received: step });
  }
  return `checkpoint-${`${step}`.padStart(8, '0')}.safetensors`;
}

/** The step that a name belongs to; nothing when it is not the name of a checkpoint. */
export function stepOfName(name: string): number | undefined {
  const step = Number(PATTERN.exec(name)?.[1]);
  return Number.isSafeInteger(step) && checkpointName(step) === name ? step : undefined;
}
