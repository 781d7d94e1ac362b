import { expect, test } from 'vitest';
import { factRows, factTable } from './facts.js';

test('settings of any form become rows', () => {
  const facts = {
    preset: 'a',
    model: { nLayer: 6, inner: { deep: null, none: undefined } },
    betas: [0.9, 0.99],
    parts: [{ name: 'x' }],
    empty: {},
    on: true,
  };
  expect(factRows(facts)).toEqual([
    ['preset', 'a'],
    ['model.nLayer', '6'],
    ['model.inner.deep', 'null'],
    ['betas', '0.9, 0.99'],
    ['parts.0.name', 'x'],
    ['on', 'true'],
  ]);
});

test('are no longer than a page should be', () => {
  expect(factRows(Array.from({ length: 10_000 }, (_, i) => i)).length).toBe(300);
  expect(factRows({ a: 'x'.repeat(1e6) })[0][1].length).toBeLessThan(500);
  let deep: object = { end: 1 };
  for (let i = 0; i < 50; i++) deep = { a: deep };
  expect(factRows(deep).length).toBe(1);
});

test('names and values are escaped', () => {
  const html = factTable({ '<b>': '"<script>' });
  expect(html).toContain('<dt>&#60;b&#62;</dt><dd>&#34;&#60;script&#62;</dd>');
});
