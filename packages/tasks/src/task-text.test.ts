import { describe, expect, test } from 'vitest';
import {
  asEquation,
  asQuestion,
  asTldr,
  inLines,
  type TaskRecord,
  type TaskTemplate,
  taskPrompt,
  taskShot,
  taskText,
} from './task-text.js';

test("the paper's two sequences, a line each", () => {
  expect(taskText({ task: 'translate to french', input: 'english text', output: 'french text' })).toBe(
    'translate to french\nenglish text\nfrench text',
  );
  const input = ['document', 'question'];
  expect(taskText({ task: 'answer the question', input, output: 'answer' })).toBe(
    'answer the question\ndocument\nquestion\nanswer',
  );
});

test('the forms in which GPT-2 was asked', () => {
  const task = 'said by the form alone';
  expect(taskText({ task, input: 'Good morning.', output: 'Bonjour.' }, asEquation)).toBe(
    'Good morning. = Bonjour.',
  );
  expect(taskText({ task, input: 'It rained.', output: 'Rain.' }, asTldr)).toBe('It rained.\nTL;DR: Rain.');
  const document = 'Ann has a cat.';
  expect(taskText({ task, input: [document, 'Who?', 'Ann', 'What?'], output: 'a cat' }, asQuestion)).toBe(
    'Ann has a cat.\n\nQ: Who?\nA: Ann\nQ: What?\nA: a cat',
  );
  expect(taskPrompt({ task, input: ['', 'who has a cat'] }, asQuestion)).toBe('Q: who has a cat\nA:');
});

const cases = [
  [inLines, { task: 't', input: ['a', 'b'], output: 'c' }],
  [asEquation, { task: 't', input: 'a', output: 'b' }],
  [asTldr, { task: 't', input: 'a', output: 'b' }],
  [asQuestion, { task: 't', input: ['a', 'b'], output: 'c' }],
] as [TaskTemplate, TaskRecord][];
describe.each(cases)('template %#', (template, record) => {
  test('the prompt is a prefix of the text, without white space at its end', () => {
    const prompt = taskPrompt(record, template);
    expect(prompt).toBe(prompt.trimEnd());
    expect(taskText(record, template)).toBe(prompt + template.separator + record.output);
    const { context, completion } = taskShot(record, template);
    expect([context, context + completion]).toEqual([prompt, taskText(record, template)]);
  });
});
