/** How well the quality classifier tells novels from noise; the figures are in the README. */
import { existsSync, readdirSync } from 'node:fs';
import { Random } from '@gpt-ts/core';
import { areaUnderCurve, QualityClassifier } from '@gpt-ts/data';
import { describe, expect } from 'vitest';
import { dataFolder, testWithData } from './support/shared-data.js';
import { shuffledWords } from './support/web-noise.js';

const TRAINED = [
  'pride-and-prejudice',
  'frankenstein',
  'huckleberry-finn',
  'treasure-island',
  'war-of-the-worlds',
];
const HELD = ['alice-in-wonderland', 'time-machine', 'wizard-of-oz'];
const novelFile = (name: string) => `lm-gutenberg-novels/${name}.txt`;
const novels = [...TRAINED, ...HELD].map(novelFile);
const pageFolder = `${dataFolder}/web-readability`;
const pages = existsSync(pageFolder)
  ? readdirSync(pageFolder)
      .filter((name) => existsSync(`${pageFolder}/${name}/source.html`))
      .sort()
  : ['001'];
const pageFiles = pages.flatMap((page) =>
  ['source', 'expected'].map((name) => `web-readability/${page}/${name}.html`),
);

/** Pieces of so many words. */
function pieces(text: string, words: number): string[] {
  const all = text.split(/\s+/).filter(Boolean);
  return Array.from({ length: Math.floor(all.length / words) }, (_, i) =>
    all.slice(i * words, (i + 1) * words).join(' '),
  );
}

/** A novel's pieces, without Project Gutenberg's own text around it. */
function novel(read: (path: string) => string, name: string): string[] {
  const text = read(novelFile(name));
  return pieces(text.slice(text.indexOf('\n', text.indexOf('*** START')), text.indexOf('*** END')), 100);
}

function textLines(html: string): string[] {
  return html
    .replace(/<(script|style|noscript|svg)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/gi, ' ')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&[a-z#0-9]+;/gi, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}

/** What a page says beside its article: navigation, cookies, links to other pages. */
function boilerplate(read: (path: string) => string, page: string): string[] {
  const article = textLines(read(`web-readability/${page}/expected.html`)).join(' ');
  const rest = textLines(read(`web-readability/${page}/source.html`)).filter(
    (line) => !article.includes(line),
  );
  return pieces(rest.join(' '), 50);
}

function auc(classifier: QualityClassifier, good: readonly string[], bad: readonly string[]): number {
  const scores = (texts: readonly string[]) => texts.map((text) => classifier.score(text));
  return areaUnderCurve(scores(good), scores(bad));
}

describe('on novels that it has not seen, the classifier', () => {
  testWithData('tells prose from its own words shuffled, by pairs of words', novels, (read) => {
    const random = new Random(1);
    const [good, held] = [TRAINED, HELD].map((names) => names.flatMap((name) => novel(read, name)));
    const [bad, heldBad] = [good, held].map((texts) => texts.map((text) => shuffledWords(text, random)));
    expect(auc(QualityClassifier.train({ good, bad }), held, heldBad)).toBe(0.5);
    expect(auc(QualityClassifier.train({ good, bad, termWords: 2 }), held, heldBad)).toBeGreaterThan(0.999); // measured: 0.999999
  });

  testWithData('tells prose from the boilerplate of pages', [...novels, ...pageFiles], (read) => {
    const [good, held] = [TRAINED, HELD].map((names) => names.flatMap((name) => novel(read, name)));
    const [bad, heldBad] = [0, 1].map((half) =>
      pages.filter((_, i) => i % 2 === half).flatMap((page) => boilerplate(read, page)),
    );
    const areas = [1, 2].map((termWords) =>
      auc(QualityClassifier.train({ good, bad, termWords }), held, heldBad),
    );
    expect(areas[0]).toBeGreaterThan(0.99); // measured: 0.9983
    expect(areas[1]).toBeGreaterThan(0.99); // measured: 0.9995
  });
});
