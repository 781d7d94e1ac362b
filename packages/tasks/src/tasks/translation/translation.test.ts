import { describe, expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { recorded } from '../../../test/support/recorded.js';
import { bleu, SACRE_BLEU } from '../../metrics/bleu.js';
import { translationTasks } from './translation.js';

const [enFr, frEn] = translationTasks;
const english = file('The cat sleeps.\nA dog barks at the big old cat.\n', 'newstest2014.en');
const french = file('Le chat dort.\nUn chien aboie contre le gros vieux chat.\n', 'newstest2014.fr');

test('six directions', () => {
  expect(translationTasks.map(({ name }) => name).join(' ')).toBe('en-fr fr-en en-de de-en en-ro ro-en');
});

describe('files', () => {
  const pair = (files: { name: string; text: string }[]) =>
    enFr.read(files).map(({ from, to }) => [from, to]);

  test('tell their language by name, in any order, in several pairs', () => {
    expect(pair([french, english])).toEqual(pair([english, french]));
    expect(pair([french, english])[0]).toEqual(['The cat sleeps.', 'Le chat dort.']);
    expect(frEn.read([english, french])[0]).toMatchObject({ from: 'Le chat dort.', to: 'The cat sleeps.' });
    const flores = [file('Oui.', 'fra_Latn.dev'), file('Yes.', 'eng_Latn.dev')];
    expect(pair([...flores, english, french])).toEqual([['Yes.', 'Oui.'], ...pair([english, french])]);
  });

  test('with other names are the source and its translation', () => {
    expect(pair([file('Yes.', 'a.txt'), file('Oui.', 'b.txt')])).toEqual([['Yes.', 'Oui.']]);
  });

  test.each([
    ['one language', [english]],
    ['more of one', [english, french, file('No.', 'x.en')]],
    ['another', [english, french, file('x', 'x.txt')]],
  ])('of %s are refused', (_, files) => {
    expect(() => enFr.read(files)).toThrow('files must be as many in English (.en, eng_Latn) as in French');
  });
});

test('zero-shot asks in words; examples show pairs', async () => {
  const documents = enFr.read([english, french]);
  const zero = await recorded(enFr, documents);
  expect(zero.contexts[0]).toBe('Q: What is the French translation of The cat sleeps. A:');
  const one = await recorded(enFr, documents, { shots: 64 });
  expect(one.contexts[0]).toBe(
    'A dog barks at the big old cat. = Un chien aboie contre le gros vieux chat.\n\nThe cat sleeps. =',
  );
});

test('BLEU is of the whole set', async () => {
  const documents = enFr.read([english, french]);
  const predictions = ['Le chat dort ici.', 'Un chien aboie contre un gros chat.'];
  let at = 0;
  const { result } = await recorded(enFr, documents, { write: () => ` ${predictions[at++]}\n` });
  const expected = bleu(
    predictions,
    documents.map(({ to }) => [to]),
    SACRE_BLEU,
  ).score;
  expect(expected).toBeGreaterThan(20);
  expect(result.metrics.sacrebleu).toMatchObject({ value: expected, unit: 'score' });
  expect(result.metrics['multi-bleu'].value).toBeCloseTo(expected, 10); // no length without a match: no smoothing
});
