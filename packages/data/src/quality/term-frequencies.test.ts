import { expect, test } from 'vitest';
import { termFrequencies, termSettings } from './term-frequencies.js';

const whole = termSettings({});

test('words are counted, whatever their order, and the length is 1', () => {
  const { indices, values } = termFrequencies('b A a c a', whole);
  expect([...indices]).toEqual([...indices].sort((x, y) => x - y));
  expect([...values].sort().map((x) => x * Math.sqrt(11))).toEqual(
    [1, 1, 3].map((x) => expect.closeTo(x, 6)),
  );
  expect(termFrequencies('a a a b c', whole)).toEqual({ indices, values });
  expect(Math.max(...indices)).toBeLessThan(2 ** 18);
});

test('twice the text is the same vector', () => {
  const { indices, values } = termFrequencies('x y y', whole);
  const twice = termFrequencies('x y y x y y', whole);
  expect(twice.indices).toEqual(indices);
  expect([...twice.values]).toEqual([...values].map((x) => expect.closeTo(x, 6)));
});

test('pairs of words see their order', () => {
  const pairs = termSettings({ termWords: 2 });
  expect(termFrequencies('a b c', pairs).indices.length).toBe(5);
  expect(termFrequencies('a b c', pairs)).not.toEqual(termFrequencies('c b a', pairs));
});

test('one bucket holds everything, and no words are the zero vector', () => {
  expect(termFrequencies('a b c', termSettings({ buckets: 1 }))).toEqual({
    indices: Uint32Array.of(0),
    values: Float32Array.of(1),
  });
  expect(termFrequencies('', whole).indices.length).toBe(0);
});

test('options that cannot be are refused', () => {
  expect(() => termSettings({ buckets: 1000 })).toThrow(
    'buckets must be a power of two up to 2^26, got 1000.',
  );
  expect(() => termSettings({ termWords: 0 })).toThrow('termWords must be from 1 to 5, got 0.');
});
