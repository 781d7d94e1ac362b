import { expect, test } from 'vitest';
import { json, jsonl } from '../../../test/support/files.js';
import { coqaGpt2, naturalQuestionsGpt2 } from './gpt-2-questions.js';

const answers = (...texts: string[]) => texts.map((input_text, i) => ({ input_text, turn_id: i + 1 }));
const story = {
  story: 'Ann has a cat.',
  questions: answers('Who has a cat?', 'What is it?'),
  answers: answers('Ann', 'a cat'),
  additional_answers: { 0: answers('Ann', 'cat'), 1: answers('She', 'unknown') },
};

test('coqa-gpt2: the passage, the conversation so far, and A:', () => {
  const [first, second] = coqaGpt2.read([json({ data: [story] })]);
  expect(coqaGpt2.ask(first, 0)).toEqual({
    context: 'Ann has a cat.\n\nQ: Who has a cat?\nA:',
    maxNewTokens: 32,
    stop: ['\n'],
  });
  expect(coqaGpt2.ask(second, 0).context).toBe(
    'Ann has a cat.\n\nQ: Who has a cat?\nA: Ann\nQ: What is it?\nA:',
  );
  // leaving out each of Ann, Ann, She, the best of the others is right
  expect(coqaGpt2.judge(first, { text: ' Ann.' })).toEqual({ answer: 'Ann.', f1: 1 });
  expect(coqaGpt2.judge(first, { text: ' She' })).toMatchObject({ f1: expect.closeTo(2 / 3, 14) });
});

test('natural-questions-gpt2: questions and answers, then a question; exact match', () => {
  const [document] = naturalQuestionsGpt2.read([
    jsonl({ question: 'who has a cat', answer: ['Ann Lee', 'Ann'] }),
  ]);
  expect(naturalQuestionsGpt2.ask(document, 3)).toEqual({
    context: 'Q: who has a cat\nA:',
    maxNewTokens: 32,
    stop: ['\n'],
  });
  expect(naturalQuestionsGpt2.inContext!.shot(document)).toEqual({
    context: 'Q: who has a cat\nA:',
    completion: ' Ann Lee',
  });
  const judge = (text: string) => naturalQuestionsGpt2.judge(document, { text }).correct;
  expect([' Ann.', ' the Ann Lee', ' Bob', ''].map(judge)).toEqual([1, 1, 0, 0]);
});
