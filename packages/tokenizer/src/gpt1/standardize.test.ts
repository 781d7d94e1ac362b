import { describe, expect, test } from 'vitest';
import { standardize } from './standardize.js';
import { isWhiteSpace, WHITE_SPACE } from './white-space.js';

describe('standardize', () => {
  test.each([
    ['Wait—what?!', 'Wait - what ? !'],
    ['a–b ― c…d´s', "a - b - c...d's"],
    ['one--two-~three', 'one -- two - ~ three'],
    ['~!";?+,)(/*[]}{|_', '~ ! " ; ? + , ) ( / * [ ] } { | _'],
    [". : ' $ % & = < > # @", ". : ' $ % & = < > # @"],
    ['40,000', '40 , 000'],
    ['one\n\n two', 'one \n two'],
    ['one \t\r\n\n', 'one'],
    ['one\u00a0\u2009two', 'one two'],
    ['\n', ''],
  ])('%j becomes %j', (text, standardized) => {
    expect(standardize(text)).toBe(standardized);
  });

  test('leaves backslashes where they are, because the original forgot to make its pattern a raw string', () => {
    expect(standardize('a\\b \\\\server\\+x')).toBe('a\\b \\\\server\\ + x');
  });

  test("has Python's white space: the separators of ASCII and U+0085, and no U+FEFF", () => {
    expect(standardize('\x1ca\x1d\x1eb\x1fc\x85')).toBe('a b c');
    expect(standardize('\ufeffa\u200bb\ufeff')).toBe('\ufeffa\u200bb\ufeff');
    const pattern = new RegExp(`[${WHITE_SPACE}]`);
    for (let unit = 0; unit < 0x10000; unit++) {
      const character = String.fromCharCode(unit);
      expect(isWhiteSpace(unit), `${unit}`).toBe(pattern.test(character));
      const differs = (unit >= 0x1c && unit <= 0x1f) || unit === 0x85 || unit === 0xfeff;
      if (!differs) expect(isWhiteSpace(unit), `${unit}`).toBe(/\s/.test(character));
    }
  });

  test('takes ten million of a character', () => {
    expect(standardize('_'.repeat(1e7)).length).toBe(1e7);
    expect(standardize(`a${' '.repeat(1e7)}`)).toBe('a');
  });
});
