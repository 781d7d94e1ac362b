import { describe, expect, test } from 'vitest';
import { ModelTooLargeError } from './model-too-large-error.js';

describe('ModelTooLargeError tells sizes with two digits and the unit that suits them', () => {
  test.each<[number, number, string]>([
    [18, 0, "the model's 18 parameters take 72 bytes, but there is room for 0 bytes."],
    [250, 949, "the model's 250 parameters take 1.0 kB, but there is room for 950 bytes."],
    [30_875_000, 999_999, "the model's 30,875,000 parameters take 120 MB, but there is room for 1.0 MB."],
    [
      1_557_611_200,
      2 ** 32,
      "the model's 1,557,611,200 parameters take 6.2 GB, but there is room for 4.3 GB.",
    ],
    [1e12, 2 ** 32, "the model's 1,000,000,000,000 parameters take 4.0 TB, but there is room for 4.3 GB."],
    [
      1.1e19,
      2 ** 32,
      "the model's 11,000,000,000,000,000,000 parameters take 44 EB, but there is room for 4.3 GB.",
    ],
  ])('%s parameters, %s bytes', (parameters, availableBytes, message) => {
    const error = new ModelTooLargeError({ parameters, availableBytes });
    expect(error.message).toContain(message);
    expect(error.hint).toMatch(/^Use a smaller model/);
  });

  test('and in bytes where two digits would tell the same size twice', () => {
    const error = new ModelTooLargeError({ parameters: 2 ** 30 + 1, availableBytes: 2 ** 32 });
    expect(error.message).toContain('take 4,294,967,300 bytes, but there is room for 4,294,967,296 bytes.');
  });
});
