import { describe, expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { substitutes } from './substitute.js';
import { winogradFull, winogradPartial } from './winograd.js';

function schema(before: string, pronoun: string, after: string, [a, b]: string[], right = 'B'): string {
  return `<schema><text><txt1>${before}</txt1><pron> ${pronoun} </pron><txt2>${after}</txt2></text>
    <quote><pron>${pronoun}</pron><quote2>${after}</quote2></quote>
    <answers><answer>${a} </answer><answer>${b}</answer></answers><correctAnswer>${right}.</correctAnswer></schema>`;
}
const collection = (...schemas: string[]) => file(`<collection>${schemas.join('')}</collection>`);
const read = (...schemas: string[]) => winogradPartial.read([collection(...schemas)]);

const [cup] = read(
  schema('The cup is not in the box because', 'it', 'is too big.', ['The cup', 'the box'], 'A'),
);

describe('a candidate in the place of the pronoun', () => {
  test.each<[string, string, string, string[], string[]]>([
    ['It rained, so', 'he', 'left.', ['The boy', 'Tom'], ['It rained, so the boy', 'It rained, so Tom']],
    ['It rained.', 'He', 'left.', ['the boy', 'Tom'], ['It rained. The boy', 'It rained. Tom']],
    ['', 'They', 'left.', ['men', 'The boys'], ['Men', 'The boys']],
    ['Bo saw Tom by', 'his', 'car.', ['Bo', "Tom's"], ["Bo saw Tom by Bo's", "Bo saw Tom by Tom's"]],
    ['Bo met', 'her', 'dog.', ['Ann', 'A cat'], ["Bo met Ann's", "Bo met a cat's"]],
    ['Bo asked', 'her', 'about it.', ['Ann', 'Di'], ['Bo asked Ann', 'Bo asked Di']],
    [
      "Bo paid for Al's car.",
      'He',
      'left.',
      ['Bo', "Al's"],
      ["Bo paid for Al's car. Bo", "Bo paid for Al's car. Al"],
    ],
    ['Bo thanked', 'her', '.', ['Ann', 'Theodora'], ['Bo thanked Ann', 'Bo thanked Theodora']],
  ])('%s [%s] %s', (before, pronoun, after, options, expected) => {
    const [document] = read(schema(before, pronoun, after, options));
    expect(substitutes(document)).toEqual(expected);
  });
});

test('partial: the rest of the text after each candidate', () => {
  const contexts = ['because the cup', 'because the box'].map((end) => `The cup is not in the box ${end}`);
  expect(winogradPartial.ask(cup, 0)).toEqual({ contexts, continuation: ' is too big.' });
  expect(winogradPartial.inContext!.shot(cup)).toEqual({
    context: contexts[0],
    completion: ' is too big.',
  });
  expect(winogradPartial.judge(cup, { logProbs: [-6, -5], tokens: [3, 2] })).toMatchObject({
    correct: 0,
    lengthNormalised: 1,
  });
});

test('full: the whole text, of which the beginning is the same', () => {
  expect(winogradFull.ask(cup, 0)).toEqual({
    context: 'The cup is not in the box because the',
    choices: [' cup is too big.', ' box is too big.'],
  });
  const [first] = read(schema('', 'They', 'left.', ['men', 'The boys']));
  expect(winogradFull.ask(first, 0)).toEqual({ context: '', choices: ['Men left.', 'The boys left.'] });
  expect(winogradFull.judge(cup, { logProbs: [-6, -5], tokens: [3, 2] })).toMatchObject({ correct: 0 });
});

test('the first 273 schemas are the set', () => {
  const many = Array.from({ length: 285 }, () => schema('So', 'it', 'is.', ['a', 'b']));
  expect(read(...many).at(-1)!.source.row).toBe(273);
  expect(winogradFull.read([collection(...many)]).length).toBe(273);
});
