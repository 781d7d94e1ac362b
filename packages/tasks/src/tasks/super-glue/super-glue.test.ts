import { describe, expect, test } from 'vitest';
import { jsonl } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import { allCorrectBy } from '../../metrics/all-correct-by.js';
import { multirc } from './multirc.js';
import { boolq, cb, copa, rte, wic } from './pairs.js';
import { record } from './record.js';
import { wsc } from './wsc.js';

test('BoolQ, CB, RTE and WiC ask in lines, and answer in a word', () => {
  const pair = { premise: 'It rains.', hypothesis: 'it is wet' };
  const [b] = boolq.read([jsonl({ passage: 'Tea -- Tea is hot.', question: 'is tea hot', label: true })]);
  expect(boolq.ask(b, 0)).toEqual({
    context: 'Tea -- Tea is hot.\nquestion: is tea hot?\nanswer:',
    choices: [' no', ' yes'],
  });
  expect(boolq.inContext!.shot(b)!.completion).toBe(' yes');
  const [c] = cb.read([jsonl({ ...pair, label: 'contradiction' })]);
  expect(cb.inContext!.shot(c)).toEqual({
    context: 'It rains.\nquestion: it is wet true, false, or neither?\nanswer:',
    completion: ' false',
  });
  const [r] = rte.read([jsonl({ ...pair, label: 'not_entailment' })]);
  expect(rte.inContext!.shot(r)).toEqual({
    context: 'It rains.\nquestion: it is wet True or False?\nanswer:',
    completion: ' False',
  });
  const [w] = wic.read([jsonl({ word: 'cup', sentence1: 'A cup. ', sentence2: 'The cup!', label: false })]);
  expect(wic.inContext!.shot(w)).toEqual({
    context:
      "A cup.\nThe cup!\nquestion: Is the word 'cup' used in the same way in the two sentences above?\nanswer:",
    completion: ' no',
  });
});

test('CB: the mean of the F1 of three classes', () => {
  const outcomes = [
    [0, 0],
    [0, 0],
    [0, 2],
    [2, 2],
    [1, 0],
  ].map(([gold, predicted]) => ({ gold, predicted }));
  // entailment: 2 of 3 found, 2 of 3 right; neutral: none; contradiction: 1 of 1 found, 1 of 2 right
  expect(cb.metrics['macro f1'].of(outcomes)).toBeCloseTo((2 / 3 + 0 + 2 / 3) / 3, 12);
});

test('COPA: one sentence with because or so', () => {
  const row = { premise: 'I was wet.', choice1: 'It rained.', choice2: "I'd swum.", label: 1 };
  const [cause, effect] = copa.read([jsonl({ ...row, question: 'cause' }, { ...row, question: 'effect' })]);
  expect(copa.ask(cause, 0)).toEqual({
    context: 'I was wet because',
    choices: [' it rained.', " I'd swum."],
  });
  expect(copa.ask(effect, 0).context).toBe('I was wet so');
});

describe('WSC', () => {
  const row = (label: boolean, span1_text = 'The cup') => ({
    text: 'The cup fell as it shook.',
    target: { span1_text, span2_text: 'it', span2_index: 4 },
    label,
  });

  test('names the pronoun; only what is right is shown', async () => {
    const documents = wsc.read([jsonl(row(false, 'the floor'), row(true), row(true))]);
    const { contexts, result } = await recorded(wsc, documents, { shots: 32, write: () => ' the cup\n' });
    const asked =
      'Passage: The cup fell as *it* shook.\nQuestion: In the passage above, what does the pronoun "*it*" refer to?\nAnswer:';
    expect(contexts[1]).toBe(
      `Final Exam with Answer Key\nInstructions: Please carefully read the following passages. For each passage, you must identify which noun the pronoun marked in *bold* refers to.\n=====\n${asked} The cup\n${asked}`,
    );
    expect(result.shots).toEqual({ asked: 32, least: 1, mean: 4 / 3 });
    expect(result.metrics.accuracy.value).toBe(1);
  });

  test('all words of one name in the other are the same name', () => {
    const [document] = wsc.read([jsonl(row(true, 'Mr. Moncrieff'))]);
    const predicted = (text: string) => wsc.judge(document, { text }).predicted;
    const texts = [' mr. moncrieff', ' Moncrieff', ' old Mr. Moncrieff', ' Edward', ' Mr. Edward', ''];
    expect(texts.map(predicted)).toEqual([1, 1, 1, 0, 0, 0]);
  });
});

describe('MultiRC', () => {
  const passage = (n: number) => ({
    passage: {
      text: `Ann has ${n} cats.`,
      questions: [
        {
          question: 'Who?',
          answers: [
            { text: 'Ann', label: 1 },
            { text: 'Bo', label: 0 },
          ],
        },
        { question: 'How many?', answers: [{ text: `${n}`, label: 1 }] },
      ],
    },
  });
  const documents = multirc.read([jsonl(passage(5), passage(7))]);

  test('marks one answer, behind questions with all their answers', async () => {
    expect(documents.length).toBe(6);
    expect(multirc.ask(documents[1], 0)).toEqual({
      context: 'READING COMPREHENSION ANSWER KEY\nAnn has 5 cats.\n\nWho?\n',
      choices: ['- [False] Bo', '- [True] Bo'],
    });
    const { contexts } = await recorded(multirc, documents.slice(2, 3), {
      pool: documents.slice(3),
      shots: 9,
    });
    const who = 'READING COMPREHENSION ANSWER KEY\nAnn has 7 cats.\n\nWho?\n- [True] Ann\n- [False] Bo';
    const many = 'READING COMPREHENSION ANSWER KEY\nAnn has 7 cats.\n\nHow many?\n- [True] 7';
    const asked = 'READING COMPREHENSION ANSWER KEY\nAnn has 5 cats.\n\nHow many?\n';
    expect([`${who}\n\n${many}\n\n${asked}`, `${many}\n\n${who}\n\n${asked}`]).toContain(contexts[0]);
  });

  test('a question counts when all its answers are marked right', async () => {
    const { result } = await recorded(multirc, documents, {
      logProb: (_, text) =>
        -[' [False] Bo', ' [True] Ann', ' [True] 7', ' [False] 5'].filter((each) => !text.endsWith(each))
          .length,
    });
    // Who? right twice; 5 wrong, 7 right: 3 of 4 questions, 5 of 6 answers; 3 of 4 true ones found, none false
    expect(result.metrics.accuracy.value).toBe(3 / 4);
    expect(result.metrics['accuracy of answers'].value).toBeCloseTo(5 / 6, 12);
    expect(result.metrics['f1 of answers'].value).toBeCloseTo(6 / 7, 12);
    expect(result.metrics.accuracy.low).toBeLessThan(3 / 4); // the bootstrap draws questions
  });

  test('is the rule of allCorrectBy', () => {
    const outcomes = Array.from({ length: 60 }, (_, i) => ({
      question: `${i % 13}`,
      correct: Number(i % 7 > 0),
    }));
    const { counted, of } = multirc.metrics.accuracy;
    const expected = allCorrectBy(
      outcomes,
      ({ question }) => question,
      ({ correct }) => correct === 1,
    );
    expect(of(counted!(outcomes))).toBeCloseTo(expected, 12);
    expect(expected).toBeGreaterThan(0);
  });
});

test('ReCoRD: the article, its summary in points, the sentence with each name', () => {
  const text = 'Ann met Bo.\n@highlight\nAnn was there\n@highlight\nBo, too';
  const names = [
    { start: 0, end: 2 },
    { start: 8, end: 9 },
  ];
  const qas = [{ query: '"Hi," said @placeholder.', answers: [{ text: 'Bo' }] }];
  const [document] = record.read([jsonl({ passage: { text, entities: names }, qas })]);
  expect(record.ask(document, 0)).toEqual({
    context: 'Ann met Bo.\n\n- Ann was there\n- Bo, too\n',
    choices: ['- "Hi," said Ann.', '- "Hi," said Bo.'],
  });
  expect(record.inContext!.shot(document)!.completion).toBe('- "Hi," said Bo.');
  const judged = (logProbs: number[]) => record.judge(document, { logProbs, tokens: [5, 5] });
  expect(judged([-2, -1])).toEqual({ name: 'Bo', exactMatch: 1, f1: 1 });
  expect(judged([-1, -2])).toEqual({ name: 'Ann', exactMatch: 0, f1: 0 });
});
