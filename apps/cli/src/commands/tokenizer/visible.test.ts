import { describe, expect, test } from 'vitest';
import { columns, visible, visibleBytes, visibleJson } from './visible.js';

/** What a terminal would obey, or show nothing for. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('text for a terminal', () => {
  test.each([
    ['red \x1b[31m\n', 'red·\\u{1b}[31m⏎'],
    ['a\tb\r\n', 'a⇥b\\u{d}⏎'],
    ['\x9b31m', '\\u{9b}31m'],
    ['\u202eabc', '\\u{202e}abc'],
    ['\ud800', '\\u{d800}'],
    ['\u00a0\u3000', '\\u{a0}\\u{3000}'],
    ['e\u0301', 'e\u0301'],
    ['\u0301', '◌\u0301'],
    ['你好 😀', '你好·😀'],
  ])('%j is %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test('no character at all gets through unseen', () => {
    for (let code = 0; code <= 0x10ffff; code += code < 0x3000 ? 1 : 97) {
      expect(visible(String.fromCodePoint(code))).not.toMatch(UNSEEN);
    }
  });

  test('bytes that are no character are shown as bytes', () => {
    expect(visibleBytes(Uint8Array.of(0x41, 0xf0, 0x9f))).toBe('A\\xf0\\x9f');
    expect(visibleBytes(Uint8Array.of(0x80, 0xc3, 0xa9, 0xff, 0x20))).toBe('\\x80é\\xff·');
    expect(visibleBytes(Uint8Array.of(0x1b, 0xff))).toBe('\\u{1b}\\xff');
  });

  test('JSON is the same value without controls', () => {
    const value = { text: '\x1b\x7f\x9b\u202e\u2028\ufeff\u{e0001}😀', list: [1, null] };
    const json = visibleJson(value);
    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toMatch(UNSEEN);
  });

  test('East Asian characters and emoji take two columns, marks none', () => {
    expect([columns('abc'), columns('你a'), columns('😀'), columns('e\u0301')]).toEqual([3, 3, 2, 1]);
  });
});
