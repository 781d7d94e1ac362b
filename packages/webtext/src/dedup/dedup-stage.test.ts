import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '@gpt-ts/core';
import { findNearDuplicates } from '@gpt-ts/data';
import { expect, test } from 'vitest';
import { newFolder, readStage, storiesWithCopies, writeJsonl } from '../../test/support/corpus-files.js';
import type { Manifest } from '../stage/manifest.js';
import { runPipeline } from '../stage/run-pipeline.js';
import { type DedupOptions, dedupStage } from './dedup-stage.js';

async function dedup(inputs: readonly string[], options: DedupOptions = {}) {
  const folder = newFolder();
  const [manifest] = await runPipeline([dedupStage(options)], { folder, inputs });
  const own = join(folder, 'dedup');
  return { manifest, kept: readStage(own, 'part-'), dropped: readStage(own, 'dropped-') };
}

/** Texts in three files, numbered by `id`. */
function threeFiles(texts: readonly string[]): string[] {
  const folder = newFolder();
  const records = texts.map((text, id) => ({ id, text }));
  const third = Math.ceil(texts.length / 3);
  return [0, 1, 2].map((i) => writeJsonl(folder, `${i}.jsonl`, records.slice(i * third, (i + 1) * third)));
}

test('what stays is what comparing in memory says, through files, joins and disk', async () => {
  for (const options of [{}, { minKeys: 1, perKey: 3, threshold: 0.6 }, { hashes: 20, bandHashes: 4 }]) {
    const texts = [...new Set(storiesWithCopies(600, 1))];
    const { first } = findNearDuplicates(texts, options);
    const { kept, dropped, manifest } = await dedup(threeFiles(texts), options);
    const expected = [...first].flatMap((f, id) =>
      f === id ? [] : [{ document: id, first: f, id, reason: 'near-duplicate' }],
    );
    expect(expected.length).toBeGreaterThan(30);
    expect(dropped).toEqual(expected);
    expect(kept).toEqual(texts.map((text, id) => ({ id, text })).filter(({ id }) => first[id] === id));
    expect(manifest.counts.dropped).toEqual({ 'near-duplicate': expected.length });
  }
});

test('equal texts go, however many; with exact they alone do', async () => {
  const texts = ['same', 'other', 'same', 'Same', ...Array(300).fill('same'), ''].flatMap((text) => [
    text,
    `${text}!`,
  ]);
  const exact = await dedup(threeFiles(texts), { exact: true });
  expect(exact.kept.map(({ text }) => text)).toEqual([
    'same',
    'same!',
    'other',
    'other!',
    'Same',
    'Same!',
    '',
    '!',
  ]);
  expect(exact.manifest.counts).toEqual({ in: 610, out: 8, dropped: { 'exact-duplicate': 602 } });
  const near = await dedup(threeFiles(texts));
  expect(near.kept.map(({ text }) => text)).toEqual(['same', 'same!', 'other', 'other!', '', '!']);
  expect(near.dropped).toContainEqual({ document: 6, first: 0, id: 6, reason: 'near-duplicate' });
});

test('stopped again and again, it goes on and writes the same bytes', async () => {
  const inputs = threeFiles(storiesWithCopies(800, 2));
  const sums = ({ parts, dropped }: Manifest) => [...parts, ...dropped].map(({ sha256 }) => sha256);
  const { manifest } = await dedup(inputs);
  const random = new Random(3);
  const folder = newFolder();
  let stops = 0;
  let events = 0;
  for (;;) {
    const controller = new AbortController();
    let left = 1 + random.int(3) + 3 * stops; // a little further each time
    const onEvent = () => {
      events++;
      if (--left === 0) controller.abort();
    };
    try {
      const { signal } = controller;
      const [again] = await runPipeline([dedupStage()], { folder, inputs, signal, onEvent });
      expect(sums(again)).toEqual(sums(manifest));
      break;
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
      stops++;
    }
  }
  expect(stops).toBeGreaterThan(2);
  expect(events).toBeGreaterThan(10);
  expect(existsSync(join(folder, 'dedup', 'scratch-00000'))).toBe(false);
});

test('memory changes nothing of the output; options that do are another run', async () => {
  const inputs = threeFiles(storiesWithCopies(100, 4));
  const folder = newFolder();
  const run = (options: DedupOptions) => runPipeline([dedupStage(options)], { folder, inputs });
  const [before] = await run({});
  expect((await run({ memoryBytes: 2 ** 29, threads: 1 }))[0].startedAt).toBe(before.startedAt);
  expect((await run({ threshold: 0.5 }))[0].options.threshold).toBe(0.5);
});

test('nothing in is nothing out', async () => {
  const path = writeJsonl(newFolder(), 'none.jsonl', []);
  expect((await dedup([path])).manifest.counts).toEqual({ in: 0, out: 0, dropped: {} });
});

test('a folder with a quotation mark in its name is a folder', async () => {
  const folder = join(newFolder(), "it's");
  const inputs = threeFiles(['a b c', 'A b c']);
  const [{ counts }] = await runPipeline([dedupStage()], { folder, inputs });
  expect(counts.dropped).toEqual({ 'near-duplicate': 1 });
});

test('options that cannot be are refused before anything is read', () => {
  expect(() => dedupStage({ memoryBytes: 1000 })).toThrow(
    'memoryBytes must be at least 268435456, 256 MiB, got 1000.',
  );
  expect(() => dedupStage({ threshold: 2 })).toThrow('threshold must be more than 0, at most 1, got 2.');
});

test('a record without text is named', async () => {
  const path = writeJsonl(newFolder(), 'bad.jsonl', [{ text: 'a' }, { txt: 'b' }]);
  await expect(dedup([path])).rejects.toThrow('bad.jsonl: document 2, text: must be a string, got nothing.');
});

const data = process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));
const articles = `${data}/dedup-minhash/articles_1000.train`;
test.skipIf(!existsSync(articles))(
  `all labelled copies among 1000 articles go, and no other (skipped without ${articles})`,
  async () => {
    const records = readFileSync(articles, 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ id: line.slice(0, line.indexOf(' ')), text: line.slice(line.indexOf(' ') + 1) }));
    const truth = readFileSync(articles.replace('.train', '.truth'), 'utf8').trim().split('\n');
    const { dropped } = await dedup([writeJsonl(newFolder(), 'articles.jsonl', records)]);
    const pairs = dropped.map(({ id, first }) => [id, records[Number(first)].id].sort().join(' '));
    expect(pairs.sort()).toEqual(truth.map((line) => line.trim().split(' ').sort().join(' ')).sort());
  },
);
