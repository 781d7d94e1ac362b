/** Answers, translations, summaries and plain texts in small; test/documents.test.ts reads the real files. */
import { describe, expect, test } from 'vitest';
import { at, file, json, jsonl } from '../../test/support/files.js';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { readNaturalQuestions, readTriviaqa, readWebQuestions } from './closed-book-qa.js';
import { readTextLines, readTexts } from './plain-text.js';
import { readScitldr, readStories, readXsum } from './summarization.js';
import { readTranslation } from './translation.js';

describe('closed-book questions', () => {
  test('are JSONL, a JSON list, or Data', () => {
    const want = { question: 'who', answers: ['Al', 'Bo'], source: at(1) };
    expect(readNaturalQuestions([jsonl({ question: 'who', answer: ['Al', 'Bo', 'Al'] })])).toEqual([want]);
    expect(readWebQuestions([json([{ qId: 'x', qText: 'who', answers: ['Al', 'Bo'] }])])).toEqual([want]);
    const Answer = { Value: 'Al', Aliases: ['Bo', '', 'Al'], NormalizedAliases: ['al', 'bo'] };
    expect(readTriviaqa([json({ Data: [{ Question: 'who', Answer }], Domain: 'Web' })])).toEqual([
      { ...want, normalizedAnswers: ['al', 'bo'] },
    ]);
  });

  test('need an answer', () => {
    const errors: InvalidExampleError[] = [];
    const [good, bad] = [
      { qText: 'who', answers: ['Al'] },
      { qText: 'who', answers: [] },
    ];
    expect(readWebQuestions([json([bad, good])], (error) => errors.push(error)).length).toBe(1);
    expect(errors.map(({ message }) => message)).toEqual([
      'f: row 1, answers: must be one text or more, got "[]".',
    ]);
    expect(() => readNaturalQuestions([jsonl({ question: 'who', answer: 'Al' })])).toThrow(
      'answer: must be a list',
    );
    expect(() => readTriviaqa([json({ Data: [{ Question: 'who' }] })])).toThrow(
      'f: row 1, Answer: must be an object',
    );
    expect(() => readTriviaqa([json([])])).toThrow('f: Data: expected a list of one or more.');
    expect(() => readWebQuestions([json({})])).toThrow('f: expected a list of questions.');
  });
});

describe('translation', () => {
  const [en, fr] = [file('One.\nTwo.\n', 'en'), file('Un.\r\nDeux.', 'fr')];

  test('goes line by line', () => {
    expect(readTranslation([en, fr])).toEqual([
      { from: 'One.', to: 'Un.', source: at(1, 'en') },
      { from: 'Two.', to: 'Deux.', source: at(2, 'en') },
    ]);
  });

  test('a blank line does not move the lines below it', () => {
    const errors: InvalidExampleError[] = [];
    const gap = file('Un.\n\nTrois.\n', 'fr');
    const read = readTranslation([file('One.\nTwo.\nThree.\n', 'en'), gap], (error) => errors.push(error));
    expect(read.map(({ from, to }) => [from, to])).toEqual([
      ['One.', 'Un.'],
      ['Three.', 'Trois.'],
    ]);
    expect(errors.map(({ message }) => message)).toEqual(['fr: row 2, line: must be a text, got "".']);
  });

  test('takes two files of as many lines', () => {
    expect(() => readTranslation([en, file('Un.\n', 'fr')])).toThrow('fr: it has 1 rows, and en has 2.');
    expect(() => readTranslation([en])).toThrow('files must be a file and its translation, got ["en"].');
    expect(() => readTranslation([en, fr, fr])).toThrow('files must be a file and its translation');
  });
});

describe('summaries', () => {
  test('of stories are their highlights', () => {
    const story =
      '(CNN)One.\r\n\r\nTwo.\r\n\r\n@highlight\r\n\r\nFirst thing\r\n\r\n@highlight\r\n\r\nSecond\nthing\r\n';
    expect(readStories([file(story, 'a.story'), file('T\n@highlight\nh', 'b.story')])).toEqual([
      { text: '(CNN)One.\n\nTwo.', summaries: ['First thing\nSecond thing'], source: at(1, 'a.story') },
      { text: 'T', summaries: ['h'], source: at(1, 'b.story') },
    ]);
  });

  test('a bad story is left out of many', () => {
    const errors: InvalidExampleError[] = [];
    const files = ['One.\n', '\n@highlight\n\nh\n', 'T\n@highlight\n', '', 'T\n@highlight\nh'].map(
      (text, i) => file(text, `${i}.story`),
    );
    expect(readStories(files, (error) => errors.push(error)).map(({ source }) => source.file)).toEqual([
      '4.story',
    ]);
    expect(errors.map(({ file, column }) => [file, column])).toEqual(
      [0, 1, 2, 3].map((i) => [`${i}.story`, 'story']),
    );
  });

  test('of XSum and SciTLDR', () => {
    expect(readXsum([jsonl({ document: 'a\nb', summary: 'c' })])).toEqual([
      { text: 'a\nb', summaries: ['c'], source: at(1) },
    ]);
    expect(readScitldr([jsonl({ source: ['A.', 'B.'], target: ['c', 'd'] })])).toEqual([
      { text: 'A. B.', summaries: ['c', 'd'], source: at(1) },
    ]);
    expect(() => readXsum([jsonl({ document: 'a' })])).toThrow(
      'f: row 1, summary: must be a text, got undefined.',
    );
    expect(() => readScitldr([jsonl({ source: ['A.'], target: [] })])).toThrow(
      'target: must be one text or more',
    );
    expect(() => readScitldr([jsonl({ source: [], target: ['c'] })])).toThrow(
      'source: must be one text or more',
    );
  });
});

describe('plain texts', () => {
  test('stay as they are, with the words and bytes of the original', () => {
    const text = '\ufeff = Tea = \r\n \n Tea @-@ time – 😀 \n';
    expect(readTexts([file(text), file('two words', 'g')])).toEqual([
      { text, words: 8 + 3, bytes: 3 + 11 + 2 + 24, source: at(1) },
      { text: 'two words', words: 2 + 1, bytes: 9, source: at(1, 'g') },
    ]);
  });

  test('may be a line each', () => {
    expect(readTextLines([file('A b .\n\nC .\n')])).toEqual([
      { text: 'A b .', words: 4, bytes: 5, source: at(1) },
      { text: 'C .', words: 3, bytes: 3, source: at(3) },
    ]);
    expect(() => readTextLines([file(' \n')])).toThrow('f: it holds no examples.');
    expect(() => readTexts([file(' \n')])).toThrow('f: row 1: must be a text, got " \\n".');
  });
});
