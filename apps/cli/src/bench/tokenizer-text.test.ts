import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { manyTexts, parts, readTextSource, textSource } from './tokenizer-text.js';

/** Lines of a few thousand different words. */
const text = Array.from({ length: 3000 }, (_, i) => {
  const words = Array.from({ length: 6 }, (_, j) => (123_456 + ((i * 6 + j) % 4001) * 7919).toString(26));
  return `line ${words.join(' ').replace(/\d/g, 'x')}\n`;
}).join('');

test('parts are whole lines, and all of the text', () => {
  const list = parts(text, 1000);
  expect(list.join('')).toBe(text);
  expect(list.length).toBeGreaterThan(100);
  for (const part of list) expect(part).toMatch(/^line .*\n$/s);
  expect(parts('', 10)).toEqual([]);
  expect(parts('no line break', 1)).toEqual(['no line break']);
});

test('any amount of text is the text first, then with new words, the same every time', () => {
  const many = [...manyTexts(text, 5 * text.length)];
  expect([...manyTexts(text, 5 * text.length)]).toEqual(many);
  const all = many.join('');
  expect(all.length).toBeGreaterThanOrEqual(5 * text.length);
  expect(all.length).toBeLessThan(5.5 * text.length);
  expect(all.startsWith(text)).toBe(true);
  const distinct = (part: string) => new Set(part.split(/\s/)).size;
  const [two, five] = [all.slice(0, 2 * text.length), all].map(distinct);
  expect(two).toBeGreaterThan(distinct(text));
  expect(five).toBeGreaterThan(two);
});

test('a folder is read in order of names, without byte order marks and special tokens, up to a line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-'));
  writeFileSync(join(folder, 'b.txt'), '\ufeffsecond\nlines');
  writeFileSync(join(folder, 'a.txt'), '\ufefffirst<|endoftext|>end');
  writeFileSync(join(folder, 'c.md'), 'not text');
  expect(readTextSource(textSource(folder))).toBe('first\nend\nsecond\nlines');
  expect(readTextSource(textSource(folder, 18))).toBe('first\nend\nsecond\n');
  expect(() => textSource(join(folder, 'none'))).toThrow(InvalidArgumentError);
});

test('the built-in stories can always be read', () => {
  const stories = readTextSource({ files: [], maxCharacters: 10_000 });
  expect(stories.length).toBeGreaterThan(9000);
  expect(stories).not.toContain('<|endoftext|>');
});
