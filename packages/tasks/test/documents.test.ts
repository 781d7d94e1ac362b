/** Every evaluation file of the data folder, with as many documents, and documents of each label, as another program counts in it. */
import { describe, expect } from 'vitest';
import type { Reader } from '../src/documents.js';
import * as documents from '../src/documents.js';
import { listData, readData, testWithData } from './support/shared-data.js';

type Count = [Reader<unknown>, files: string | string[], documents: number, labels?: number[]];

const arithmetic = [
  ...['two', 'three', 'four', 'five', 'six'].flatMap((n) => [
    `${n}_digit_addition`,
    `${n}_digit_subtraction`,
  ]),
  ...['two_digit_multiplication', 'single_digit_three_ops', 'sum_of_digits'],
];
const words = ['cycle_letters_in_word', 'mid_word_1_anagrams', 'mid_word_2_anagrams'];
words.push('random_insertion_in_word', 'reversed_words');

const evaluation: Count[] = [
  ...arithmetic.map((name): Count => [documents.readSynthetic, `eval-gpt3-synthetic/${name}.jsonl`, 1000]),
  ...words.map((name): Count => [documents.readSynthetic, `eval-gpt3-synthetic/${name}.jsonl.gz`, 2000]),
  [documents.readLambada, 'eval-lambada/lambada_development_plain_text.txt', 2500],
  [documents.readLambada, 'eval-lambada/lambada_test.head.jsonl', 300],
  [documents.readWinograd, 'eval-winograd/WSCollection.head.xml', 136, [68, 68]],
  [documents.readWinogender, 'eval-winogender/all_sentences.tsv', 720, [360, 360]],
  [documents.readWinogenderTemplates, 'eval-winogender/templates.tsv', 120, [60, 60]],
  [documents.readOccupations, 'eval-winogender/occupations-stats.tsv', 60],
  [documents.readWinogrande, 'eval-winogrande/train.head.jsonl', 3000, [1500, 1500]],
  [documents.readHellaswag, 'eval-hellaswag/hellaswag_val.head.jsonl', 1300, [353, 306, 316, 325]],
  [documents.readArc, 'eval-arc/ARC-Easy-Dev.jsonl', 570, [158, 152, 142, 118]],
  [documents.readArc, 'eval-arc/ARC-Challenge-Dev.jsonl', 299, [64, 73, 78, 83, 1]],
  [documents.readArc, 'eval-arc/ARC-Easy-Train.head.jsonl', 600],
  [documents.readArc, 'eval-openbookqa/dev.jsonl', 500],
  [documents.readArc, 'eval-openbookqa/train.head.jsonl', 1000],
  [documents.readPiqa, 'eval-piqa/train.head.jsonl', 1500, [730, 770]],
  [documents.readBoolq, 'eval-boolq/train.head.jsonl', 1000],
  [documents.readBoolq, 'eval-superglue-few/BoolQ/train.jsonl', 32, [14, 18]],
  [documents.readCb, 'eval-superglue-few/CB/train.jsonl', 32, [19, 3, 10]],
  [documents.readSuperGlueCopa, 'eval-superglue-few/COPA/train.jsonl', 32, [14, 18]],
  [documents.readMultirc, 'eval-superglue-few/MultiRC/train.jsonl', 154], // answers to 32 questions
  [documents.readSuperGlueRte, 'eval-superglue-few/RTE/train.jsonl', 32, [13, 19]],
  [documents.readRecord, 'eval-superglue-few/ReCoRD/train.jsonl', 32],
  [documents.readWsc, 'eval-superglue-few/WSC/train.jsonl', 32, [0, 32]],
  [documents.readWic, 'eval-superglue-few/WiC/train.jsonl', 32, [15, 17]],
  [documents.readNaturalQuestions, 'eval-closed-book-qa/NQ-open.efficientqa.dev.1.1.jsonl', 1800],
  [documents.readWebQuestions, 'eval-closed-book-qa/webquestions.val.json', 755],
  [documents.readWebQuestions, 'eval-closed-book-qa/webquestions.devtest.json', 189],
  [documents.readTriviaqa, 'eval-closed-book-qa/triviaqa-sample/web-dev.json', 2],
  [documents.readTriviaqa, 'eval-closed-book-qa/triviaqa-sample/web-train.json', 3],
  [documents.readTriviaqa, 'eval-closed-book-qa/triviaqa-sample/wikipedia-dev.json', 2],
  [documents.readTriviaqa, 'eval-closed-book-qa/triviaqa-sample/wikipedia-train.json', 4],
  [documents.readSquad, 'eval-squad/xquad.en.json', 1190],
  [documents.readTranslation, ['eval-translation/eng_Latn.dev', 'eval-translation/fra_Latn.dev'], 997],
  [documents.readTranslation, ['eval-translation/deu_Latn.dev', 'eval-translation/ron_Latn.dev'], 997],
  [documents.readXsum, 'eval-summarization/xsum.sample.jsonl', 10],
  [documents.readScitldr, 'eval-summarization/scitldr-A.dev.head.jsonl', 250],
  [documents.readStsb, 'ft-stsb/stsb-en-train.csv', 5749],
  [documents.readStsb, 'ft-stsb/stsb-en-dev.csv', 1500],
  [documents.readSickRelatedness, 'ft-sick/SICK_train.txt', 4500],
  [documents.readSickRelatedness, 'ft-sick/SICK_trial.txt', 500],
  [documents.readRacePassages, 'ft-race-like/expmrc-race-dev.json', 561],
  [documents.readTexts, ['lm-wikitext2/valid.txt', 'lm-wikitext2/wiki.test.raw.head', 'lm-enwik/enwik5'], 3],
];

describe('the evaluation sets', () => {
  for (const [read, files, count, labels] of evaluation) {
    const paths = [files].flat();
    testWithData(`${paths.join(' and ')}: ${count}`, paths, () => {
      const found = read(paths.map(readData)) as { label?: number }[];
      expect(found.length).toBe(count);
      expect(labels?.map((_, label) => found.filter((each) => each.label === label).length)).toEqual(labels);
    });
  }

  const stories = 'eval-summarization/cnn_stories';
  testWithData(`${stories}: 20 in a file each`, [stories], () => {
    expect(documents.readStories(listData(stories).map(readData)).length).toBe(20);
  });
});

testWithData('word counts are the published ones', ['lm-wikitext2/valid.txt', 'lm-enwik/enwik5'], () => {
  const files = ['lm-wikitext2/valid.txt', 'lm-wikitext2/wiki.test.raw.head', 'lm-enwik/enwik5'];
  const [valid, raw, enwik] = documents.readTexts(files.map(readData));
  expect([valid.words, valid.bytes]).toEqual([217_646, 1_121_681]); // Merity et al. 2017 Table 1: 217,646 tokens
  expect([raw.words, raw.bytes]).toEqual([58_473 + 990, 314_360]); // wc -w and wc -l
  expect(enwik.bytes).toBe(100_001);
});

testWithData(
  'answers stand in their passages, and right names among the options',
  ['eval-squad/xquad.en.json'],
  () => {
    const read = documents.readSquad([readData('eval-squad/xquad.en.json')]);
    expect(new Set(read.map(({ source }) => source.row)).size).toBe(240);
    for (const { passage, turns, turn, question, answers } of read) {
      expect(turns[turn].question).toBe(question);
      expect(answers.every((answer) => passage.includes(answer))).toBe(true);
    }
    const names = documents.readRecord([readData('eval-superglue-few/ReCoRD/train.jsonl')]);
    expect(names.every(({ options, answers }) => answers.every((answer) => options.includes(answer)))).toBe(
      true,
    );
  },
);
