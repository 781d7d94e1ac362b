import { expect, test } from 'vitest';
import { newFolder, writeJsonl } from '../../test/support/corpus-files.js';
import { corpusStats } from './corpus-stats.js';

test('documents, words, bytes, lengths and duplicates are counted', async () => {
  const folder = newFolder();
  const texts = [...Array.from({ length: 101 }, (_, i) => 'é '.repeat(i)), 'é é ', 'é é ', 'é é'];
  const paths = [
    writeJsonl(
      folder,
      'a.jsonl',
      texts.slice(0, 50).map((text) => ({ text })),
    ),
  ];
  paths.push(
    writeJsonl(
      folder,
      'b.jsonl',
      texts.slice(50).map((text) => ({ text })),
    ),
  );
  const words = texts.map((text) => text.split(/\s+/).filter(Boolean).length).sort((a, b) => a - b);
  const at = (share: number) => words[Math.ceil(share * words.length) - 1]; // at least this share is no longer
  expect(await corpusStats(paths)).toEqual({
    documents: 104,
    words: 5056,
    bytes: 5050 * 3 + 6 + 6 + 5,
    duplicates: 2,
    wordsAt: { min: 0, p5: at(0.05), p25: at(0.25), median: at(0.5), p75: at(0.75), p95: at(0.95), max: 100 },
  });
  expect([at(0.05), at(0.5)]).toEqual([2, 48]);
});

test('of nothing there are no lengths', async () => {
  const path = writeJsonl(newFolder(), 'none.jsonl', []);
  const none = { documents: 0, words: 0, bytes: 0, duplicates: 0, wordsAt: null };
  expect(await corpusStats([path])).toEqual(none);
});
