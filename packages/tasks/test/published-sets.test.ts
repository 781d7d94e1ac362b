/** Every published file that the sets can read, with the counts that its publisher or keeper gives. */
import { describe, expect, test } from 'vitest';
import {
  type Example,
  encodeExamples,
  readRace,
  readTaskSet,
  type TaskSetName,
  taskSets,
} from '../src/index.js';
import { readData, testWithData } from './support/shared-data.js';
import { bytes } from './toy-codecs.js';

interface Published {
  set: TaskSetName;
  folder: string;
  train: number;
  dev: number;
  /** Examples of each label in both, counted by other means. */
  counts: number[];
}

const published: Published[] = [
  { set: 'sst-2', folder: 'ft-sst2', train: 12_000, dev: 872, counts: [5_787, 7_085] },
  { set: 'cola', folder: 'ft-cola', train: 8_551, dev: 527, counts: [2_690, 6_388] },
  { set: 'rte', folder: 'ft-rte', train: 2_241, dev: 249, counts: [1_249, 1_241] }, // of 2,490
  { set: 'sick', folder: 'ft-sick', train: 4_500, dev: 500, counts: [1_443, 2_818, 739] },
  { set: 'mrpc', folder: 'ft-mrpc', train: 3_669, dev: 407, counts: [1_323, 2_753] }, // of 4,076
  { set: 'copa', folder: 'ft-copa', train: 400, dev: 100, counts: [250, 250] }, // of 500
  { set: 'mctest', folder: 'ft-mctest', train: 1_200, dev: 200, counts: [343, 333, 358, 366] }, // 300 and 50 stories
];

const labels = (examples: readonly Example[]) => examples.map(({ label }) => label);

describe.each(published)('$set', ({ set: name, folder, train, dev, counts }) => {
  const set = taskSets[name];
  const paths = (files: readonly string[] = []) => files.map((file) => `${folder}/${file}`);
  const all = [...paths(set.files.train), ...paths(set.files.dev)];

  testWithData('has as many examples as it should, all of its form and classes', all, () => {
    const splits = readTaskSet(set, {
      train: paths(set.files.train).map(readData),
      dev: set.files.dev && paths(set.files.dev).map(readData),
    });
    expect(splits.train.length).toBe(train);
    expect(splits.dev.length).toBe(dev);
    const found = labels([...splits.train, ...splits.dev]);
    expect(counts.map((_, label) => found.filter((each) => each === label).length)).toEqual(counts);
    for (const part of [splits.train, splits.dev]) {
      expect(new Set(part.map(({ form }) => form))).toEqual(new Set([set.form]));
      expect(new Set(labels(part))).toEqual(new Set(set.classes.keys()));
    }
  });
});

const expmrc = 'ft-race-like/expmrc-race-dev.json';

testWithData('expmrc-race has 561 questions, 538 of them with four texts to choose from', [expmrc], () => {
  const file = readData(expmrc);
  const examples = readRace(file.text, file.name);
  expect(examples.length).toBe(561);
  expect(new Set(examples.map(({ source }) => source.row)).size).toBe(167);
  const { train, dev } = readTaskSet(taskSets['expmrc-race'], { train: [file] });
  expect(train.length + dev.length).toBe(538);
  const passages = new Set(train.map(({ source }) => source.row));
  expect(dev.filter(({ source }) => passages.has(source.row))).toEqual([]);
  const format = { nCtx: 512, start: 256, delimiter: 257, extract: 258 };
  expect(() => encodeExamples(examples, bytes, format)).toThrow('options: must be 4 texts, as many as');
});

const race = 'format-samples/race/RACE/train/high/132.txt';

testWithData('race is read passage by passage', [race], () => {
  const examples = taskSets.race.read([readData(race), readData(race)]);
  expect(examples.length).toBeGreaterThan(4);
  expect(examples[0].options.length).toBe(4);
});

test('a set that was published with a dev split wants its dev files', () => {
  const train = [{ name: 'train.tsv', text: 'sentence\tlabel\nfine\t1\n' }];
  expect(() => readTaskSet(taskSets['sst-2'], { train })).toThrow(
    'files.dev must be the dev files of sst-2 (dev.tsv), got undefined.',
  );
});
