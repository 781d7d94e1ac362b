import { expect, test } from 'vitest';
import { escapeHtml, scriptJson } from './html.js';

test('text between tags and in attributes', () => {
  expect(escapeHtml(`<a href='x' b="y">&amp;`)).toBe('&#60;a href=&#39;x&#39; b=&#34;y&#34;&#62;&#38;amp;');
  expect(escapeHtml('a\tb\nc é 🙂 \u202e')).toBe('a\tb\nc é 🙂 \u202e');
});

test('what a page cannot show', () => {
  expect(escapeHtml('\0 \x1b \r \x7f')).toBe('\u2400 \u241b \u240d \u2421');
  expect(escapeHtml('\ud800 🙂 \udc00')).toBe('\ufffd 🙂 \ufffd');
});

test('JSON that no text in it can end', () => {
  const value = { text: '</script><!-- <script> \u2028 \ud800' };
  expect(scriptJson(value)).not.toContain('<');
  expect(JSON.parse(scriptJson(value))).toEqual(value);
});
