/** A right row in which any value is replaced by any other kind of value is read, or refused by its name; nothing crashes. */
import { isGptError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import * as documents from '../src/documents.js';
import { type Reader, taskSets } from '../src/index.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const odd: Json[] = [
  null,
  true,
  -1,
  1.5,
  1e9,
  '',
  ' ',
  'x',
  '\0',
  [],
  [null],
  ['x', 'y'],
  [[]],
  [{}],
  {},
  { text: 'x' },
];

const answers = [{ text: 'x' }];
const said = [{ input_text: 'x', turn_id: 1 }];
const drop = { number: '', date: { day: '1', month: 'May', year: '' }, spans: [] };
const choice = { text: 'x', label: 'A' };
const entailment = { premise: 'a', hypothesis: 'b', label: 'entailment' };

const samples: [Reader<unknown>, Json][] = [
  [documents.readSynthetic, { context: 'a', completion: ' b' }],
  [documents.readWinogrande, { sentence: 'a _ b', option1: 'x', option2: 'y', answer: '1' }],
  [documents.readHellaswag, { activity_label: 'a', ctx: 'b', endings: ['x', 'y'], label: 1 }],
  [
    documents.readArc,
    { question: { stem: 'a', choices: [choice, { text: 'y', label: 'B' }] }, answerKey: 'A' },
  ],
  [documents.readPiqa, { goal: 'a', sol1: 'x', sol2: 'y', label: 0 }],
  [
    documents.readSocialIqa,
    { context: 'a', question: 'b', answerA: 'x', answerB: 'y', answerC: 'z', label: '1' },
  ],
  [documents.readBoolq, { title: 'a', passage: 'b', question: 'c', answer: true }],
  [documents.readCb, entailment],
  [documents.readSuperGlueRte, entailment],
  [documents.readSuperGlueCopa, { premise: 'a', choice1: 'x', choice2: 'y', question: 'cause', label: 0 }],
  [documents.readWic, { word: 'a', sentence1: 'b', sentence2: 'c', label: false }],
  [
    documents.readWsc,
    { text: 'a he b', target: { span1_text: 'a', span2_text: 'he', span2_index: 1 }, label: true },
  ],
  [
    documents.readMultirc,
    { passage: { text: 'a', questions: [{ question: 'b', answers: [{ text: 'x', label: 1 }] }] } },
  ],
  [
    documents.readRecord,
    { passage: { text: 'a b', entities: [{ start: 0, end: 0 }] }, qas: [{ query: '@placeholder', answers }] },
  ],
  [documents.readNli, { gold_label: 'neutral', sentence1: 'a', sentence2: 'b' }],
  [documents.readScitail, { gold_label: 'neutral', sentence1: 'a', sentence2: 'b' }],
  [documents.readAnli, { context: 'a', hypothesis: 'b', label: 'e' }],
  [documents.readNaturalQuestions, { question: 'a', answer: ['x'] }],
  [documents.readWebQuestions, [{ qText: 'a', answers: ['x'] }]],
  [
    documents.readTriviaqa,
    { Data: [{ Question: 'a', Answer: { Value: 'x', Aliases: ['y'], NormalizedAliases: ['x'] } }] },
  ],
  [
    documents.readSquad,
    {
      data: [
        {
          title: 'a',
          paragraphs: [{ context: 'b', qas: [{ question: 'c', answers, is_impossible: false }] }],
        },
      ],
    },
  ],
  [
    documents.readQuac,
    {
      data: [
        {
          ...{ title: 'a', section_title: 'b', background: 'c' },
          paragraphs: [{ context: 'd', qas: [{ question: 'e', answers, orig_answer: { text: 'x' } }] }],
        },
      ],
    },
  ],
  [
    documents.readCoqa,
    { data: [{ story: 'a', questions: said, answers: said, additional_answers: { '0': said } }] },
  ],
  [
    documents.readDrop,
    { p: { passage: 'a', qa_pairs: [{ question: 'b', answer: drop, validated_answers: [drop] }] } },
  ],
  [documents.readXsum, { document: 'a', summary: 'b' }],
  [documents.readScitldr, { source: ['a'], target: ['b'] }],
  [documents.readRacePassages, { article: 'a', questions: ['b'], options: [['x', 'y']], answers: ['A'] }],
  [taskSets.race.read, { data: [{ article: 'a', questions: ['b'], options: [['x', 'y']], answers: ['A'] }] }],
];

/** The value with one of its parts replaced, or taken out of its object or list, in every way. */
function* changed(value: Json): Generator<Json | undefined> {
  yield undefined;
  yield* odd;
  if (typeof value !== 'object' || value === null) return;
  const entries = Object.entries(value);
  for (const [i, [key, part]] of entries.entries()) {
    for (const other of changed(part)) {
      const kept = other === undefined ? entries.toSpliced(i, 1) : entries.with(i, [key, other]);
      yield Array.isArray(value) ? kept.map(([, each]) => each) : Object.fromEntries(kept);
    }
  }
}

test('every reader reads its sample, and takes or refuses what is made of it', () => {
  let taken = 0;
  let refused = 0;
  for (const [read, sample] of samples) {
    const readJson = (value: Json) => read([{ name: 'f', text: JSON.stringify(value) }]);
    expect(readJson(sample)).not.toEqual([]);
    for (const value of changed(sample)) {
      try {
        readJson(value ?? null);
        taken++;
      } catch (error) {
        expect(isGptError(error), `${error}: ${JSON.stringify(value)}`).toBe(true);
        expect(`${error}`).toMatch(/^Invalid(Example|File)Error: f: .*(must be|expected|holds no) /s);
        refused++;
      }
    }
  }
  expect(taken).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(1000);
});
