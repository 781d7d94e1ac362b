import { expect, test } from 'vitest';
import { splitTokens } from './split-tokens.js';

test('the first nine tenths train and the rest validate, for tinyshakespeare as in nanoGPT', () => {
  const { train, validation } = splitTokens(new Uint16Array(1_115_394));
  expect([train.length, validation.length]).toEqual([1_003_854, 111_540]);
});

test('the parts are views in order, of the type that came in', () => {
  const ids = Int32Array.of(1, 2, 3, 4, 5);
  const { train, validation } = splitTokens(ids, { validationFraction: 0.4 });
  expect(train).toEqual(Int32Array.of(1, 2, 3));
  expect(validation).toEqual(Int32Array.of(4, 5));
  expect(train.buffer).toBe(ids.buffer);
  expect(validation.buffer).toBe(ids.buffer);
});

test.each([
  [0, 10, 10],
  [0.9, 10, 1], // (1 - 0.9) * 10 is 0.9999999999999998
  [0.07, 100, 93], // 0.07 * 100 is 7.000000000000001
  [0.5, 3, 1],
  [0.1, 0, 0],
])('with %d of %i ids kept, %i train', (validationFraction, n, train) => {
  expect(splitTokens(new Int32Array(n), { validationFraction }).train.length).toBe(train);
});

test.each([-0.1, 1, Number.NaN])('refuses the fraction %s', (validationFraction) => {
  expect(() => splitTokens(new Int32Array(9), { validationFraction })).toThrow(
    `validationFraction must be a number from 0 up to but not including 1, got ${Number.isNaN(validationFraction) ? 'NaN' : validationFraction}.`,
  );
});
