import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { classification, entailment, multipleChoice, similarity } from '../../src/index.js';

const golden = JSON.parse(await readFile(new URL('gpt1-inputs.json', import.meta.url), 'utf8'));

const forms = { classification, entailment, similarity, multipleChoice };

describe.each(Object.entries(forms))('%s', (form, transform) => {
  test.each([0, 1, 2, 3])('gives the golden rows for example %i', (i) => {
    const want = golden[form][i];
    const got = transform(want.example, golden.format);
    expect(got).toEqual({
      nRows: want.tokens.length,
      nCtx: 24,
      tokens: Int32Array.from(want.tokens.flat()),
      mask: Float32Array.from(want.mask.flat()),
      extractIndex: Int32Array.from(want.extractIndex),
    });
  });
});
