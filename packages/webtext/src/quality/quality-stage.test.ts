import { join } from 'node:path';
import { Random } from '@gpt-ts/core';
import { keepProbability, paretoKeep, QualityClassifier, story } from '@gpt-ts/data';
import { expect, test } from 'vitest';
import { newFolder, readStage, writeJsonl } from '../../test/support/corpus-files.js';
import { runPipeline } from '../stage/run-pipeline.js';
import { qualityStage } from './quality-stage.js';

const noise = (random: Random) =>
  Array.from({ length: 40 }, () => random.pick(['accept', 'cookies', 'menu', 'login', 'share'])).join(' ');

test('good documents stay, noise mostly goes, each by a draw of its own', async () => {
  const random = new Random(1);
  const good = Array.from({ length: 300 }, (_, i) => story(1, i));
  const bad = Array.from({ length: 300 }, () => noise(random));
  const classifier = QualityClassifier.train({ good, bad });
  const records = Array.from({ length: 400 }, (_, id) => ({
    id,
    text: id % 2 === 0 ? story(2, id) : noise(random),
  }));
  const folder = newFolder();
  const inputs = [writeJsonl(folder, 'd.jsonl', records)];
  const stage = () => qualityStage({ classifier, seed: 5 });
  const [{ counts }] = await runPipeline([stage()], { folder: join(folder, 'run'), inputs });
  const kept = readStage(join(folder, 'run', 'quality'), 'part-');
  const expected = records.flatMap((record) => {
    const quality = classifier.score(record.text);
    return paretoKeep({ score: quality, document: record.id, seed: 5 }) ? [{ ...record, quality }] : [];
  });
  expect(kept).toEqual(expected);
  const share = (odd: number) => kept.filter(({ id }) => Number(id) % 2 === odd).length / 200;
  expect(share(0)).toBeGreaterThan(keepProbability(0.95)); // scores of stories are higher
  expect(share(1)).toBeLessThan(0.05);
  expect(counts.dropped).toEqual({ 'low-quality': 400 - kept.length });
});

test('an alpha that cannot be is refused at once', () => {
  const classifier = QualityClassifier.train({ good: ['a'], bad: ['b'] });
  expect(() => qualityStage({ classifier, alpha: -1 })).toThrow('alpha must be more than 0, got -1.');
});
