/** Every file with rows among the samples of release layouts. Some rows of theirs are shortened or made up. */
import { describe, expect } from 'vitest';
import {
  type Reader,
  readAnli,
  readCbt,
  readCoqa,
  readDrop,
  readHellaswag,
  readNli,
  readPiqa,
  readQnli,
  readQqp,
  readQuac,
  readRacePassages,
  readScitail,
  readSocialIqa,
  readSquad,
  readTextLines,
  readTexts,
  readWinogrande,
} from '../src/documents.js';
import { type InvalidExampleError, taskSets } from '../src/index.js';
import { listData, readData, testWithData } from './support/shared-data.js';

type Count = [Reader<unknown>, files: string | string[], documents: number];

const folder = 'format-samples';
const race = `${folder}/race/RACE`;
const lm1b = `${folder}/lm1b/1-billion-word-language-modeling-benchmark-r13output`;
const piqa = `${folder}/piqa/physicaliqa-train-dev.zip/physicaliqa-train-dev`;
const siqa = `${folder}/social_i_qa/socialiqa-train-dev`;
const multinli = `${folder}/multi_nli/multinli_1.0.zip/multinli_1.0`;
const openwebtext = `${folder}/openwebtext/openwebtext`;

const samples: Count[] = [
  ...['NE', 'CN', 'V', 'P'].flatMap((kind) =>
    ['test_2500ex', 'train', 'valid_2000ex'].map((split): Count => {
      return [readCbt, `${folder}/cbt-${kind}/CBTest.tgz/CBTest/data/cbtest_${kind}_${split}.txt`, 1];
    }),
  ),
  [readRacePassages, [`${race}/dev/high/73.txt`, `${race}/dev/high/80.txt`], 6],
  [readRacePassages, [`${race}/test/high/122.txt`, `${race}/test/high/98.txt`], 8],
  [taskSets.race.read, ['123', '132', '144'].map((name) => `${race}/train/high/${name}.txt`), 12],
  [readHellaswag, `${folder}/hellaswag/hellaswag_train.jsonl`, 2],
  [readHellaswag, `${folder}/hellaswag/hellaswag_val.jsonl`, 2],
  [readPiqa, [`${piqa}/dev.jsonl`, `${piqa}/dev-labels.lst`], 5],
  [readPiqa, [`${piqa}/train.jsonl`, `${piqa}/train-labels.lst`], 5],
  [readNli, `${folder}/snli/snli_1.0/snli_1.0_dev.txt`, 2],
  [readNli, `${folder}/snli/snli_1.0/snli_1.0_test.txt`, 1],
  [readNli, `${folder}/snli/snli_1.0/snli_1.0_train.txt`, 3],
  ...['dev', 'test', 'train'].map((split): Count => {
    return [readScitail, `${folder}/scitail/SciTailV1.1/snli_format/scitail_1.0_${split}.txt`, 4];
  }),
  ...['dev_matched', 'dev_mismatched', 'train'].flatMap((split): Count[] => [
    [readNli, `${multinli}/multinli_1.0_${split}.jsonl`, 5],
    [readNli, `${multinli}/multinli_1.0_${split}.txt`, 4],
  ]),
  ...['R1', 'R2', 'R3'].flatMap((round) =>
    ['dev', 'test', 'train'].map((split): Count => {
      return [readAnli, `${folder}/anli/anli_v0.1/${round}/${split}.jsonl`, 3];
    }),
  ),
  [readQnli, `${folder}/qnli/QNLI/dev.tsv`, 2],
  [readQnli, `${folder}/qnli/QNLI/train.tsv`, 3],
  [readQqp, `${folder}/qqp/QQP/dev.tsv`, 2],
  [readQqp, `${folder}/qqp/QQP/train.tsv`, 3],
  [readCoqa, `${folder}/coqa/coqa-dev-v1.0.json`, 12],
  [readCoqa, `${folder}/coqa/coqa-train-v1.0.json`, 20],
  [readQuac, `${folder}/quac/train_v0.2.json`, 39],
  [readQuac, `${folder}/quac/val_v0.2.json`, 41],
  [readDrop, `${folder}/drop/drop_dataset/drop_dataset_dev.json`, 2],
  [readDrop, `${folder}/drop/drop_dataset/drop_dataset_train.json`, 5],
  ...['dev', 'dev-v2.0.json', 'train', 'train-v2.0.json'].map((name): Count => {
    return [readSquad, `${folder}/squad_v2/${name}`, 2];
  }),
  [readTextLines, `${lm1b}/heldout-monolingual.tokenized.shuffled/news.en.heldout-00016-of-00050`, 5],
  [readTextLines, `${lm1b}/heldout-monolingual.tokenized.shuffled/news.en.heldout-00017-of-00050`, 10],
  [readTextLines, `${lm1b}/training-monolingual.tokenized.shuffled/news.en-00016-of-00100`, 10],
  [readTextLines, `${lm1b}/training-monolingual.tokenized.shuffled/news.en-00017-of-00100`, 5],
  [
    readTexts,
    [
      `${openwebtext}/fake_subset-1_data-dirxz/0000005-93544d279b4a2417d2201864e28639b1.txt`,
      `${openwebtext}/fake_subset-1_data-dirxz/0000031-3207f8f62f3945d00ca85bd440c8faaa.txt`,
      `${openwebtext}/fake_subset-2_data-dirxz/0000036-585b205b8fa6ea83669d62036770cbe2.txt`,
      `${openwebtext}/fake_subset-2_data-dirxz/0000068-1ad7382d9e2e97d93b002a64642ab65d.txt`,
    ],
    4,
  ],
  [readWinogrande, `${folder}/winogrande/winogrande_1.1/dev.jsonl`, 2],
  [readWinogrande, `${folder}/winogrande/winogrande_1.1/train_xl.jsonl`, 4],
  [readSocialIqa, [`${siqa}/dev.jsonl`, `${siqa}/dev-labels.lst`], 2],
  [readSocialIqa, [`${siqa}/train.jsonl`, `${siqa}/train-labels.lst`], 2],
];

/** Test files that were published without labels, and the column that is missing. */
const unlabelled: [Reader<unknown>, file: string, rows: number, missing: string][] = [
  [readHellaswag, `${folder}/hellaswag/hellaswag_test.jsonl`, 2, 'label'],
  [readPiqa, `${folder}/piqa/tests.jsonl`, 5, 'label'],
  [readWinogrande, `${folder}/winogrande/winogrande_1.1/test.jsonl`, 2, 'answer'],
];
const unlabelledTables: [Reader<unknown>, file: string, missing: string][] = [
  [readQnli, `${folder}/qnli/QNLI/test.tsv`, 'label'],
  [readQqp, `${folder}/qqp/QQP/test.tsv`, 'is_duplicate'],
];
const withoutRows = [`${folder}/README.md`, `${multinli}/README.txt`];

describe('samples', () => {
  for (const [read, files, count] of samples) {
    const paths = [files].flat();
    testWithData(`${paths.join(' and ')}: ${count}`, paths, () => {
      expect(read(paths.map(readData)).length).toBe(count);
    });
  }

  for (const [read, path, rows, missing] of unlabelled) {
    testWithData(`${path} has no labels, which each of its rows is told`, [path], () => {
      const errors: InvalidExampleError[] = [];
      expect(read([readData(path)], (error) => errors.push(error))).toEqual([]);
      expect(errors.map(({ column, received }) => [column, received])).toEqual(
        Array.from({ length: rows }, () => [missing, undefined]),
      );
    });
  }

  for (const [read, path, missing] of unlabelledTables) {
    testWithData(`${path} has no column ${missing}`, [path], () => {
      expect(() => read([readData(path)])).toThrow(missing);
    });
  }

  testWithData('are all of them read', [folder], () => {
    const read = [...samples, ...unlabelled, ...unlabelledTables].flatMap(([, files]) => files);
    expect(listData(folder)).toEqual([...read, ...withoutRows].sort());
  });
});
