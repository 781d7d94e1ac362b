import { InvalidConfigError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { gptConfig } from './gpt-config.js';

const sizes = { nLayer: 2, nHead: 3, nEmbd: 12, nCtx: 8, nVocab: 11 };

describe('gptConfig', () => {
  test('fills in what follows from the five sizes', () => {
    expect(gptConfig(sizes)).toEqual({
      ...sizes,
      ...{ dHead: 4, nInner: 48, layerNormEps: 1e-5, initStd: 0.02 },
      ...{ norm: 'pre', attention: [{ kind: 'dense' }], scoreScale: 0.5, activation: 'gelu', head: 'tied' },
      ...{ embdPdrop: 0, attnPdrop: 0, residPdrop: 0 },
    });
  });

  test('keeps what is given', () => {
    const given = { ...sizes, dHead: 5, nInner: 7, layerNormEps: 1e-6, initStd: 0.05 };
    expect(gptConfig(given)).toMatchObject(given);
    expect(gptConfig({ ...given, nEmbd: 13 }).dHead).toBe(5); // a width of its own need not divide nEmbd
  });

  test('drops fields that are not its own', () => {
    expect(gptConfig({ ...sizes, colour: 'red' } as typeof sizes)).not.toHaveProperty('colour');
  });

  const bad = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 24 + 1, '12', true, [4], undefined];
  const required = ['nLayer', 'nHead', 'nEmbd', 'nCtx', 'nVocab'] as const;

  test.each(required.flatMap((field) => bad.map((value) => ({ field, value }))))(
    '$field: $value is refused',
    ({ field, value }) => {
      const make = () => gptConfig({ ...sizes, [field]: value });
      expect(make).toThrow(InvalidConfigError);
      expect(make).toThrow(new RegExp(`^config: ${field} must be an integer from 1 to \\d+, got `));
    },
  );

  test.each(['dHead', 'nInner'].flatMap((field) => bad.slice(0, -1).map((value) => ({ field, value }))))(
    '$field: $value is refused, though it may be left out',
    ({ field, value }) => {
      expect(() => gptConfig({ ...sizes, [field]: value })).toThrow(`config: ${field} must be an integer`);
      expect(() => gptConfig({ ...sizes, [field]: undefined })).not.toThrow();
    },
  );

  test.each([0, 1, -1e-5, Number.NaN, '1e-5'])('layerNormEps and initStd: %s is refused', (value) => {
    for (const field of ['layerNormEps', 'initStd']) {
      const make = () => gptConfig({ ...sizes, [field]: value });
      expect(make).toThrow(`config: ${field} must be between 0 and 1`);
    }
  });

  test('a width that the heads do not divide is refused, with a width that would do', () => {
    expect(() => gptConfig({ ...sizes, nEmbd: 13 })).toThrow(
      'config: nEmbd must be divisible by nHead = 3, got 13. Use 15, or give dHead.',
    );
  });
});
