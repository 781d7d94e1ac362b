import { expect, test } from 'vitest';
import { jsonl } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import type { SyntheticDocument } from '../../documents/synthetic.js';
import type { Task } from '../../evaluation/task.js';
import { arithmeticItems } from '../../synthetic/arithmetic-items.js';
import { syntheticTasks } from './synthetic.js';

const taskOf = (name: string) =>
  syntheticTasks.find((task) => task.name === name) as Task<'writing', SyntheticDocument>;

test('the fifteen, in the files of the release', () => {
  expect(syntheticTasks.length).toBe(15);
  expect(taskOf('two-digit-addition').files.test).toEqual(['two_digit_addition.jsonl']);
  expect(taskOf('anagrams-2').files.test).toEqual(['mid_word_2_anagrams.jsonl']);
  for (const { inContext, paper } of syntheticTasks)
    expect(inContext!.k).toBe(/3.9.1/.test(paper) ? 50 : 100);
});

test('arithmetic: examples and question follow each other as in the released file', async () => {
  const task = taskOf('two-digit-addition');
  const documents = task.read([
    jsonl(
      { context: '\n\nQ: What is 98 plus 45?\n\nA:', completion: ' 143' },
      { context: '\n\nQ: What is 1 plus 2?\n\nA:', completion: ' 3' },
    ),
  ]);
  const { contexts, result } = await recorded(task, documents, {
    shots: 50,
    write: (context) => (context.endsWith('1 plus 2?\n\nA:') ? ' 3\n\nQ: ' : ' 144\n'),
  });
  expect(contexts[1]).toBe('\n\nQ: What is 98 plus 45?\n\nA: 143\n\nQ: What is 1 plus 2?\n\nA:');
  expect(result.metrics.accuracy.value).toBe(0.5);
  expect(result.shots).toEqual({ asked: 50, least: 1, mean: 1 });
});

test('words: the line that says what to do stands above, also zero-shot', async () => {
  const task = taskOf('reversed-words');
  const documents = task.read([
    jsonl({ context: '\ntaefed =', completion: ' defeat' }, { context: '\neno =', completion: ' one' }),
  ]);
  const line = 'Please unscramble the letters into a word, and write that word:';
  expect((await recorded(task, documents)).contexts[0]).toBe(`${line}\ntaefed =`);
  expect((await recorded(task, documents, { shots: 1 })).contexts[0]).toBe(`${line}\neno = one\ntaefed =`);
});

test('a number is right to the letter', () => {
  const task = taskOf('five-digit-subtraction');
  const [document] = task.read([jsonl({ context: '\n\nQ: ?\n\nA:', completion: ' -4321' })]);
  const right = (text: string) => task.judge(document, { text }).correct;
  expect([' -4321', '-4321', ' 4321', ' -4,321', ' -43210', ''].map(right)).toEqual([1, 1, 0, 0, 0, 0]);
});

test('items of our own are asked as those of the release', () => {
  const task = taskOf('two-digit-multiplication');
  const items = arithmeticItems('two-digit-multiplication', { count: 3 });
  const documents = task.read([jsonl(...items)]);
  expect(documents.map((document) => task.inContext!.shot(document))).toEqual(items);
});
