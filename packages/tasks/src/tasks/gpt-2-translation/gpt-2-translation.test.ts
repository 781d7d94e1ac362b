import { describe, expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { wmtEnFr, wmtFrEn } from './gpt-2-translation.js';

const en = file('Good morning.\nIt rains. A lot.\n', 'newstest2014.en');
const fr = file('Bonjour.\nIl pleut beaucoup ici.\n', 'newstest2014.fr');
const [document, rain] = wmtEnFr.read([en, fr]);

test('pairs joined by =, a line each, greedy', () => {
  expect(wmtEnFr.ask(document, 2)).toEqual({
    context: 'Good morning. =',
    maxNewTokens: 100,
    stop: ['\n'],
  });
  expect(wmtEnFr.inContext!.shot(document)).toEqual({ context: 'Good morning. =', completion: ' Bonjour.' });
  expect(wmtEnFr.inContext!.delimiter).toBe('\n');
});

describe('the names of files say which way to translate', () => {
  test.each([
    ['newstest2014.en', 'newstest2014.fr'],
    ['eng_Latn.dev', 'fra_Latn.dev'],
    ['newstest2014-fren-ref.en.txt', 'newstest2014-fren-src.fr.txt'],
  ])('%s and %s', (english, french) => {
    const files = [file('Tea.\n', english), file('Du thé.\n', french)];
    for (const some of [files, files.toReversed()]) {
      expect(wmtEnFr.read(some)[0]).toMatchObject({ from: 'Tea.', to: 'Du thé.' });
      expect(wmtFrEn.read(some)[0]).toMatchObject({ from: 'Du thé.', to: 'Tea.' });
    }
  });

  test('and otherwise the first is translated', () => {
    const files = [file('Tee.\n', 'a'), file('Tea.\n', 'b')];
    expect(wmtFrEn.read(files)[0]).toMatchObject({ from: 'Tee.', to: 'Tea.' });
    expect(() => wmtFrEn.read([file('Tee.\n', 'a')])).toThrow('files must be a file and its translation');
  });
});

test('the first sentence is the translation, and BLEU is that of all of them', () => {
  const outcomes = (...texts: string[]) =>
    [document, rain].map((each, i) => wmtEnFr.judge(each, { text: texts[i] }));
  const { BLEU } = wmtEnFr.metrics;
  expect(BLEU.of(outcomes(' Bonjour. Et encore.', ' Il pleut beaucoup ici. Oui.'))).toBeCloseTo(100, 12);
  expect(BLEU.of(outcomes('', ''))).toBe(0);
  expect(outcomes(' Bonjour ! Oui', '')[0]).toMatchObject({
    ...{ match1: 1, match2: 0, match3: 0, match4: 0 },
    ...{ predictionLength: 2, referenceLength: 2, 'whole line: predictionLength': 3 },
  });
  const { 'BLEU, whole line': line } = wmtEnFr.metrics;
  const more = outcomes(' Bonjour. Et encore.', ' Il pleut beaucoup ici.');
  expect(line.of(more)).toBeLessThan(BLEU.of(more));
});
