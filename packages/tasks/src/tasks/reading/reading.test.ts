import { describe, expect, test } from 'vitest';
import { json } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import { raceHigh } from './race.js';
import { coqa, drop, quac, squadV2 } from './spans.js';

describe('RACE', () => {
  const article = {
    article: 'Ann has a cat.\nIt is old. ',
    questions: ['Who has a cat?', 'The cat is  _  .'],
    options: [
      ['Bo', 'Ann', 'Di', 'Al'],
      ['young', 'new', 'old', 'red'],
    ],
    answers: ['B', 'C'],
  };
  const documents = raceHigh.read([json(article)]);

  test('a question comes after the earlier ones with their answers', () => {
    expect(raceHigh.ask(documents[1], 0)).toEqual({
      context: `Article:
Ann has a cat.
It is old.

Q: Who has a cat?

A: Ann

Q: The cat is  _  .

A:`,
      choices: [' young', ' new', ' old', ' red'],
      answerContext: 'A:',
    });
  });

  test('is judged relative to the answers alone', () => {
    const answer = { logProbs: [-1, -5, -6, -9], tokens: [1, 1, 1, 1], unconditional: [-1, -6, -9, -9] };
    expect(raceHigh.judge(documents[1], answer)).toMatchObject({ predicted: 2, correct: 1, plain: 0 });
  });

  test('questions with blank options are left out', () => {
    const blank = {
      ...article,
      options: [article.options[0], ['young', '', 'old', ' ']],
      answers: ['B', 'A'],
    };
    expect(raceHigh.read([json(blank)]).map(({ question }) => question)).toEqual(['Who has a cat?']);
  });

  test('another question about the same article is never an example', async () => {
    const { contexts } = await recorded(raceHigh, documents, { shots: 10 });
    for (const context of contexts) expect(context.split('Article:').length).toBeLessThanOrEqual(2);
  });
});

describe('CoQA', () => {
  const said = (...texts: string[]) => texts.map((input_text, i) => ({ input_text, turn_id: i + 1 }));
  const [, second] = coqa.read([
    json({
      data: [
        { story: 'Ann has a cat.', questions: said('Who?', 'Has what?'), answers: said('Ann', 'a cat') },
      ],
    }),
  ]);

  test('asks after the conversation so far', () => {
    const context = 'Ann has a cat.\n\nQ: Who?\n\nA: Ann\n\nQ: Has what?\n\nA:';
    expect(coqa.ask(second, 0)).toEqual({
      context,
      maxNewTokens: 48,
      stop: ['\n'],
      decoding: { kind: 'beam', width: 4, lengthPenalty: 0.6 },
    });
    expect(coqa.inContext!.shot(second)).toEqual({ context, completion: ' a cat' });
  });

  test('scores words that are right', () => {
    expect(coqa.judge(second, { text: ' The cat. ' })).toEqual({ f1: 1, exactMatch: 1 });
    expect(coqa.judge(second, { text: ' old cat' })).toEqual({ f1: 2 / 3, exactMatch: 0 });
  });
});

test('QuAC: title, section, paragraph, the conversation so far', () => {
  const qa = (question: string, text: string) => ({ question, orig_answer: { text }, answers: [{ text }] });
  const paragraph = {
    context: 'Ann sang. CANNOTANSWER',
    qas: [qa('Who?', 'Ann'), qa('When?', 'CANNOTANSWER')],
  };
  const [, second] = quac.read([
    json({
      data: [{ title: 'Ann', section_title: 'Life', background: 'A singer.', paragraphs: [paragraph] }],
    }),
  ]);
  expect(quac.ask(second, 0).context).toBe(
    'TITLE: Ann - Life\nPARAGRAPH: Ann sang. CANNOTANSWER\n\nQ: Who?\n\nA: Ann\n\nQ: When?\n\nA:',
  );
  expect(quac.judge(second, { text: ' CANNOTANSWER' })).toEqual({ f1: 1, exactMatch: 1 });
});

describe('SQuAD', () => {
  const [first, second] = squadV2.read([
    json({
      data: [
        {
          title: 'Tea',
          paragraphs: [
            {
              context: 'Tea is hot.',
              qas: [
                { question: 'Is what cold?', is_impossible: true, answers: [] },
                { question: 'What is hot?', answers: [{ text: 'Tea', answer_start: 0 }] },
              ],
            },
          ],
        },
      ],
    }),
  ]);

  test('title, background, the questions so far; that there is no answer is said in a word', () => {
    expect(squadV2.ask(second, 0).context).toBe(
      'Title: Tea\n\nBackground: Tea is hot.\n\nQ: Is what cold?\n\nA: unanswerable\n\nQ: What is hot?\n\nA:',
    );
    expect(squadV2.inContext!.shot(first)!.completion).toBe(' unanswerable');
  });

  test('that word, or nothing, is right where there is no answer, and wrong where there is one', () => {
    const f1 = (document: typeof first, text: string) => squadV2.judge(document, { text }).f1;
    expect([' Unanswerable.', '', ' Tea'].map((text) => f1(first, text))).toEqual([1, 1, 0]);
    expect([' unanswerable', '', ' tea'].map((text) => f1(second, text))).toEqual([0, 0, 1]);
  });
});

test('DROP: passage, question, answer; numbers count strictly', () => {
  const none = { number: '', date: { day: '', month: '', year: '' }, spans: [] };
  const qa_pairs = [{ question: 'How many yards? ', answer: { ...none, number: '20' } }];
  const [document] = drop.read([json({ p1: { passage: 'A 20-yard run.', qa_pairs } })]);
  expect(drop.ask(document, 0).context).toBe('Passage: A 20-yard run.\nQuestion: How many yards?\nAnswer:');
  expect(drop.judge(document, { text: ' 20' })).toEqual({ f1: 1, exactMatch: 1 });
  expect(drop.judge(document, { text: ' 20 yards' })).toEqual({ f1: 0.67, exactMatch: 0 });
  expect(drop.judge(document, { text: ' yards' })).toEqual({ f1: 0, exactMatch: 0 });
});
