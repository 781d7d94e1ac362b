import { expect, test } from 'vitest';
import { sentences } from './sentences.js';

test.each<[string, string[]]>([
  ['One. Two! Three? Four', ['One.', 'Two!', 'Three?', 'Four']],
  ['"Go," she said. "Now!" (He did.) Then', ['"Go," she said.', '"Now!"', '(He did.)', 'Then']],
  ['Dr. Lee of St. Ives met J. Doe. They left.', ['Dr. Lee of St. Ives met J. Doe.', 'They left.']],
  ['It cost 3.5 dollars... or so. Fine.', ['It cost 3.5 dollars...', 'or so.', 'Fine.']],
  ['« Il pleut. » dit M. Roux. Fin.', ['« Il pleut.', '» dit M. Roux.', 'Fin.']],
  ['A headline\n\nand a text\n', ['A headline', 'and a text']],
  ['', []],
  ['. .', ['.', '.']],
])('%j', (text, expected) => {
  expect(sentences(text)).toEqual(expected);
});
