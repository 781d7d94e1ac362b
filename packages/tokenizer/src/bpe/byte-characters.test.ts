import { expect, test } from 'vitest';
import { BYTE_CHARACTERS, BYTE_TOKENS } from './byte-characters.js';

test('printable bytes spell themselves and the 68 others follow from U+0100', () => {
  const spelling = (byte: number) => BYTE_CHARACTERS[byte];
  expect([33, 126, 161, 172, 174, 255].map(spelling).join('')).toBe('!~¡¬®ÿ');
  expect([0, 9, 10, 13, 32, 127, 160, 173].map(spelling).join('')).toBe('ĀĉĊčĠġłŃ');
  expect(new Set(BYTE_CHARACTERS).size).toBe(256);
});

test('tokens 0 to 255 are the characters in code-point order', () => {
  expect([0, 93, 94, 105, 106, 187, 188, 198, 220, 255].map((id) => BYTE_TOKENS[id]).join('')).toBe(
    '!~¡¬®ÿĀĊĠŃ',
  );
});
