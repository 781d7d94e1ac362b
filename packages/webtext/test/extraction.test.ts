/** Mozilla's test pages: the main text against the one that their own people expect. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { extractText, languageOf } from '../src/index.js';
import { dataFolder, testWithData } from './support/shared-data.js';

const PAGES = 'web-readability';

/** The words of a piece of HTML, by rules of our own: no parser that is also used in what is tested. */
function wordsOf(markup: string): string[] {
  const text = markup
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(
      /&(nbsp|lt|gt|quot|amp);/g,
      (_, name) => ({ nbsp: ' ', lt: '<', gt: '>', quot: '"' })[name as string] ?? '&',
    );
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function tokenF1(found: readonly string[], wanted: readonly string[]): number {
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of found) {
    const n = left.get(word) ?? 0;
    if (n > 0) common++;
    left.set(word, n - 1);
  }
  return (2 * common) / (found.length + wanted.length);
}

testWithData('the main text of 34 pages has the words that it should', [PAGES], () => {
  const scores = new Map<string, number>();
  const languages = new Map<string, string>();
  for (const name of readdirSync(join(dataFolder, PAGES))) {
    if (name === 'README.md') continue;
    const [page, wanted] = ['source', 'expected'].map((file) =>
      readFileSync(join(dataFolder, PAGES, name, `${file}.html`), 'utf8'),
    );
    const found = extractText(page);
    const text = typeof found === 'string' ? '' : found.text;
    scores.set(name, tokenF1(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [], wordsOf(wanted)));
    if (languageOf(text) !== 'eng') languages.set(name, languageOf(text));
  }
  expect(scores.size).toBe(34);
  const mean = [...scores.values()].reduce((sum, score) => sum + score, 0) / scores.size;
  expect(mean).toBeGreaterThan(0.99); // 0.9948
  expect(Math.min(...scores.values())).toBeGreaterThan(0.8); // 0.825, a Japanese page
  expect([...scores.values()].filter((score) => score < 0.998)).toHaveLength(1);
  expect(Object.fromEntries(languages)).toEqual({
    'data-url-image': 'ita', // lorem ipsum
    heise: 'deu',
    hukumusume: 'jpn',
    'la-nacion': 'spa',
    'lemonde-1': 'fra',
  });
});
