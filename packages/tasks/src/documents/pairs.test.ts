/** The layouts of sentence pairs in small; test/documents.test.ts and test/format-samples.test.ts read real files. */
import { describe, expect, test } from 'vitest';
import { at, file, jsonl } from '../../test/support/files.js';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { readAnli, readNli, readQnli, readScitail } from './nli.js';
import { readQqp, readSickRelatedness, readStsb } from './sentence-pairs.js';

const pair = (premise: string, hypothesis: string, label: number, row: number) => {
  return { form: 'entailment', premise, hypothesis, label, source: at(row) };
};

describe('SNLI and MultiNLI', () => {
  const head = 'gold_label\tsentence1_parse\tsentence1\tsentence2\tlabel1\tlabel2\n';

  test('are tables whose rows may end early, or JSONL; pairs without a majority are left out', () => {
    const table = `${head}neutral\t(x)\tp\th\tneutral\n-\t(x)\tq\ti\tneutral\tentailment\ncontradiction\t(x)\tr\tj\t\t\n`;
    const rows = [
      { gold_label: 'neutral', sentence1: 'p', sentence2: 'h' },
      { gold_label: '-', sentence1: 'q', sentence2: 'i' },
      { gold_label: 'contradiction', sentence1: 'r', sentence2: 'j' },
    ];
    expect(readNli([file(table)])).toEqual([pair('p', 'h', 1, 2), pair('r', 'j', 2, 4)]);
    expect(readNli([jsonl(...rows)])).toEqual([pair('p', 'h', 1, 1), pair('r', 'j', 2, 3)]);
  });

  test('a bad row is left out and told', () => {
    const errors: InvalidExampleError[] = [];
    const text = `${head}maybe\t(x)\tp\th\nentailment\t(x)\tp\nentailment\t(x)\tq\ti\n`;
    expect(readNli([file(text)], (error) => errors.push(error))).toEqual([pair('q', 'i', 0, 4)]);
    expect(errors.map(({ message }) => message)).toEqual([
      'f: row 2, gold_label: must be one of entailment, neutral, contradiction, got "maybe".',
      'f: row 3, sentence2: must be a text, got undefined.',
    ]);
    expect(() => readNli([file('label\tsentence1\tsentence2\n')])).toThrow(
      'f: row 1: must be columns named gold_label, sentence1, sentence2, got "label, sentence1, sentence2".',
    );
  });
});

test('SciTail has two classes', () => {
  const row = { gold_label: 'entailment', sentence1: 'p', sentence2: 'h' };
  expect(readScitail([jsonl(row)])).toEqual([pair('p', 'h', 0, 1)]);
  expect(() => readScitail([jsonl({ ...row, gold_label: 'contradiction' })])).toThrow(
    'gold_label: must be one of entailment, neutral, got "contradiction".',
  );
});

test('Adversarial NLI has letters', () => {
  const rows = ['e', 'n', 'c'].map((label) => ({ context: 'p', hypothesis: 'h', label }));
  expect(readAnli([jsonl(...rows)])).toEqual([0, 1, 2].map((label) => pair('p', 'h', label, label + 1)));
  expect(() => readAnli([jsonl({ ...rows[0], label: 'neutral' })])).toThrow(
    'label: must be one of e, n, c, got "neutral".',
  );
});

test('QNLI has a question as its premise', () => {
  const text = 'index\tquestion\tsentence\tlabel\n0\tWho?\tHe.\tentailment\n1\tWho?\tNo.\tnot_entailment\n';
  expect(readQnli([file(text)])).toEqual([pair('Who?', 'He.', 0, 2), pair('Who?', 'No.', 1, 3)]);
  expect(() => readQnli([file(text.replace('\tent', '\tEnt'))])).toThrow(
    'must be one of entailment, not_entailment',
  );
});

test('QQP has duplicates', () => {
  const text = 'id\tquestion1\tquestion2\tis_duplicate\n7\ta\tb\t1\n8\tc\td\t0\n9\te\n';
  const errors: InvalidExampleError[] = [];
  expect(readQqp([file(text)], (error) => errors.push(error))).toEqual([
    { form: 'similarity', a: 'a', b: 'b', label: 1, source: at(2) },
    { form: 'similarity', a: 'c', b: 'd', label: 0, source: at(3) },
  ]);
  expect(errors.map(({ message }) => message)).toEqual([
    'f: row 4: must be 4 cells (id, question1, question2, is_duplicate), got 2.',
  ]);
});

test('STS-B and SICK have scores', () => {
  expect(readStsb([file('"a, b",c,4.75\r\nd,e,0.0\r\n')])).toEqual([
    { a: 'a, b', b: 'c', score: 4.75, source: at(1) },
    { a: 'd', b: 'e', score: 0, source: at(2) },
  ]);
  expect(() => readStsb([file('a,b,5.5\n')])).toThrow(
    'f: row 1, score: must be a number from 0 to 5, got "5.5".',
  );
  expect(() => readStsb([file('a,b\n')])).toThrow(
    'f: row 1: must be 3 cells (sentence1, sentence2, score), got 2.',
  );
  const sick = 'pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n';
  expect(readSickRelatedness([file(`${sick}1\ta\tb\t1.2\tNEUTRAL\n`)])).toEqual([
    { a: 'a', b: 'b', score: 1.2, source: at(2) },
  ]);
  expect(() => readSickRelatedness([file(`${sick}1\ta\tb\t0.9\tNEUTRAL\n`)])).toThrow('a number from 1 to 5');
});
