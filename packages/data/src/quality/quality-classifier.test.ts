import { InvalidFileError, Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { boilerplate, shuffledWords } from '../../test/support/web-noise.js';
import { story } from '../story-world/story.js';
import { areaUnderCurve } from './area-under-curve.js';
import { QualityClassifier } from './quality-classifier.js';

const storiesFrom = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => story(1, from + i));

function auc(classifier: QualityClassifier, good: readonly string[], bad: readonly string[]): number {
  const scores = (texts: readonly string[]) => texts.map((text) => classifier.score(text));
  return areaUnderCurve(scores(good), scores(bad));
}

test('stories are told from what stands around the text of a page', () => {
  const random = new Random(13);
  const noise = (count: number) => Array.from({ length: count }, () => boilerplate(random));
  const classifier = QualityClassifier.train({ good: storiesFrom(0, 300), bad: noise(300) });
  expect(auc(classifier, storiesFrom(300, 200), noise(200))).toBe(1);
  expect(classifier.score(story(1, 900))).toBeGreaterThan(0.9);
  expect(classifier.score(boilerplate(random))).toBeLessThan(0.1);
});

test('the same words shuffled are told by pairs of words, and cannot be by single ones', () => {
  const random = new Random(14);
  const [good, held] = [storiesFrom(0, 200), storiesFrom(200, 100)];
  const shuffled = (texts: readonly string[]) => texts.map((text) => shuffledWords(text, random));
  const [bad, heldBad] = [shuffled(good), shuffled(held)];
  expect(auc(QualityClassifier.train({ good, bad }), held, heldBad)).toBe(0.5); // equal scores, by construction
  expect(auc(QualityClassifier.train({ good, bad, termWords: 2 }), held, heldBad)).toBeGreaterThan(0.99); // measured: 1
});

test('a classifier comes back from its file', () => {
  const classifier = QualityClassifier.train({ good: ['a b'], bad: ['c d'], buckets: 64, termWords: 2 });
  const bytes = classifier.save();
  const again = QualityClassifier.load(bytes, 'quality.safetensors');
  for (const text of ['a b', 'b a', 'c', 'e', '']) expect(again.score(text)).toBe(classifier.score(text));
  expect(again.save()).toEqual(bytes);
});

test('the same texts and seed give the same bytes', () => {
  const options = { good: storiesFrom(0, 20), bad: ['x', 'y', 'z'] };
  const [first, second] = [0, 1].map(() => QualityClassifier.train(options).save());
  expect(Buffer.compare(first, second)).toBe(0);
});

test('files that are no classifier are refused', () => {
  const bytes = QualityClassifier.train({ good: ['a'], bad: ['b'], buckets: 4 }).save();
  const text = new TextDecoder('latin1').decode(bytes);
  const changed = (from: string, to: string) =>
    Uint8Array.from(text.replace(from, to), (c) => c.charCodeAt(0));
  const load = (file: Uint8Array) => () => QualityClassifier.load(file, 'q');
  expect(load(new Uint8Array())).toThrow(InvalidFileError);
  expect(load(bytes.slice(0, -1))).toThrow(InvalidFileError);
  expect(load(changed('gpt-ts-quality-1', 'gpt-ts-quality-9'))).toThrow('format must be "gpt-ts-quality-1"');
  expect(load(changed('"termWords":"1"', '"termWords":"9"'))).toThrow('termWords must be from 1 to 5');
  expect(load(changed('"bias"', '"bios"'))).toThrow('q: bias: must be a vector');
});

test('training without one kind is refused', () => {
  expect(() => QualityClassifier.train({ good: [], bad: ['a'] })).toThrow(
    'good must be at least one text, got 0.',
  );
  expect(() => QualityClassifier.train({ good: ['a'], bad: [] })).toThrow('bad must be at least one text');
  expect(() => QualityClassifier.train({ good: ['a'], bad: ['b'], learningRate: 0 })).toThrow('learningRate');
  expect(() => QualityClassifier.train({ good: ['a'], bad: ['b'], epochs: 0 })).toThrow('epochs');
});
