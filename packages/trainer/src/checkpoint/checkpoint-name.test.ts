import { InvalidArgumentError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { checkpointName, stepOfName } from './checkpoint-name.js';

test.each([
  [0, 'checkpoint-00000000.safetensors'],
  [500, 'checkpoint-00000500.safetensors'],
  [99_999_999, 'checkpoint-99999999.safetensors'],
  [123_456_789, 'checkpoint-123456789.safetensors'],
])('step %i is %s, and back', (step, name) => {
  expect(checkpointName(step)).toBe(name);
  expect(stepOfName(name)).toBe(step);
});

test.each([-1, 1.5, Number.NaN, 2 ** 53])('%f is no step', (step) => {
  expect(() => checkpointName(step)).toThrow(InvalidArgumentError);
});

test.each([
  'checkpoint.safetensors',
  'checkpoint-500.safetensors',
  'checkpoint-000000500.safetensors',
  'checkpoint-99999999999999999999.safetensors',
  'checkpoint-00000500.safetensors.bak',
  'my-checkpoint-00000500.safetensors',
  'checkpoint-0000050x.safetensors',
  '',
])("%s is somebody else's", (name) => {
  expect(stepOfName(name)).toBeUndefined();
});
