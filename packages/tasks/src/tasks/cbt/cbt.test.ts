import { expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { cbtCn, cbtNe, cbt as tasks } from './cbt.js';

const before = Array.from({ length: 20 }, (_, i) => `${i + 1} It did n't rain .`);
const options = ['Ann', 'Bob', 'Cy', 'Di', 'Ed', 'Flo', 'Gus', 'Hal', 'Ida', 'Joe'];
const block = [...before, `21 \`\` XXXXX , '' said she .\tBob\t\t${options.join('|')}`, ''].join('\n');
const [document] = cbtNe.read([file(block)]);

test('asks for the sentence with each candidate, in plain text', () => {
  const { context, choices } = cbtNe.ask(document, 0);
  expect(context).toBe(Array.from({ length: 20 }, () => "It didn't rain.").join(' '));
  expect(choices).toEqual(options.map((name) => ` "${name}," said she.`));
});

test('takes the likeliest, not the likeliest by the token', () => {
  const logProbs = options.map((_, i) => (i === 1 ? -5 : -6));
  const judged = cbtNe.judge(document, { logProbs, tokens: options.map((_, i) => (i === 1 ? 1 : 9)) });
  expect(judged).toMatchObject({ correct: 1, lengthNormalised: 0 });
});

test('four classes of words, of the validation part', () => {
  expect(tasks.map(({ name }) => name)).toEqual(['cbt-cn', 'cbt-ne', 'cbt-v', 'cbt-p']);
  expect(cbtCn.files.test).toEqual(['cbtest_CN_valid_2000ex.txt']);
});
