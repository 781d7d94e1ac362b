import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { cbt, type Detokenizer, lambada, oneBillionWord, ptb, wikitext } from '../index.js';

const styles: [string, Detokenizer][] = [
  ['wikitext', wikitext],
  ['ptb', ptb],
  ['oneBillionWord', oneBillionWord],
  ['cbt', cbt],
  ['lambada', lambada],
];

/** What each style is made of, words that look like it, and what has no place in any. */
const TOKENS = [
  ...'. , ; : ! ? % ( ) [ ] { } " \' ` $ # £ ° / – — = - & … “ ”'.split(' '),
  ..."`` '' @-@ @,@ @.@ ... .... ?! -- -lrb- -rrb- -LRB- -RRB- -lcb- 's 't n't 'll 'em 'Brien 'S".split(' '),
  ...'cat dogs do can not gon na N N\\/N 1 12 2.5 1,000 T4.5 <unk> U.S. Mr. approx. A. No. 20-year-old == ="'.split(
    ' ',
  ),
  ..."o'clock ol' 18- -3 http://a.b \u2060 x\u2060 \u2060y \t \r \u00a0 é 東京 😀 \ud800 '' \"\" ''' ... .' '. (( ))".split(
    ' ',
  ),
  '',
];

describe.each(styles)('%s', (name, style) => {
  test('10,000 random lines of nasty tokens come back', () => {
    const random = new Random(1, name);
    for (let i = 0; i < 10_000; i++) {
      const tokens = Array.from({ length: random.int(9) }, () => random.pick(TOKENS));
      const line = tokens.join(' ');
      const text = random.pick([line, ` ${line} `, ` ${line} \n`, `${line}\n`, ` ${line} \n \n = x = \n`]);
      expect(style.tokenize(style.detokenize(text))).toBe(text);
    }
  });

  test('so do 10,000 random strings', () => {
    const random = new Random(2, name);
    const characters = [...'  \n\n..,,\'"`()-/$=@N1a<>', '\u2060', '\u00a0', "n't"];
    for (let i = 0; i < 10_000; i++) {
      const text = Array.from({ length: random.int(20) }, () => random.pick(characters)).join('');
      expect(style.tokenize(style.detokenize(text))).toBe(text);
    }
  });

  test('long runs take no longer than they should', () => {
    for (const sign of [...'\'")(.-=/1a', '= ', "' ", '@-@ ', '. ', '`` ']) {
      const text = sign.repeat(50_000);
      const begin = performance.now();
      expect(style.tokenize(style.detokenize(text)) === text).toBe(true);
      expect(performance.now() - begin).toBeLessThan(5000); // seen: 277
    }
  });
});

/** Cut and plain, one the image of the other. */
function testPairs(style: Detokenizer, pairs: readonly [cut: string, plain: string][]): void {
  test.each(pairs)('%j is %j', (cut, plain) => {
    expect(style.detokenize(cut)).toBe(plain);
    expect(style.tokenize(plain)).toBe(cut);
  });
}

describe('wikitext, as published', () => {
  testPairs(wikitext, [
    [' \n = Big Cat = \n \n = = = 1990 – 95 = = = \n', '\n= Big Cat =\n\n=== 1990 – 95 ===\n'],
    [' It cost 1 @,@ 250 @,@ 000 , or 2 @.@ 5 % ( £ 30 ) . \n', 'It cost 1,250,000, or 2.5% (£30).\n'],
    [' a state @-@ of @-@ the @-@ art " night @-@ cat " \n', 'a state-of-the-art "night-cat"\n'],
    [" Boulter 's dogs ' bowls don 't fit O 'Brien \n", "Boulter's dogs' bowls don't fit O'Brien\n"],
    [" <unk> 's 16 @,@ <unk> cats \n", "<unk>'s 16,<unk> cats\n"],
    [
      ' Mr. A. Lee left the U.S. in 1990 . He and / or she \n',
      'Mr. A. Lee left the U.S. in 1990. He and/or she\n',
    ],
    [' " Cats ; " [ sic ] he said : " no ! " \n', '"Cats;" [sic] he said: "no!"\n'],
    [" He said , ' go now ' . \n", "He said, 'go now'.\n"],
    [' 20 ° C ... it froze \n', '20°C... it froze\n'],
    [' T4.5 and No. 5 \n', 'T4.5 and No. 5\n'],
  ]);

  test('where taste and the way back disagree, a space or a joiner stays', () => {
    expect(wikitext.detokenize(' plan A . \n')).toBe('plan A .\n'); // "A." is an initial
    expect(wikitext.detokenize(' approx. five \n')).toBe('approx.\u2060 five\n'); // "approx." would be cut
    expect(wikitext.detokenize('no padding\n')).toBe('\u2060no padding\n');
  });

  test('marks that are not balanced look odd, and come back', () => {
    const cut = ' a " b " c " d ( e ] \n';
    expect(wikitext.detokenize(cut)).toBe('a "b" c "d (e]\n');
    expect(wikitext.tokenize('a "b" c "d (e]\n')).toBe(cut);
  });
});

describe('ptb, as Mikolov prepared it', () => {
  testPairs(ptb, [
    [
      " mr. <unk> 's fund did n't earn $ N billion or N N\\/N % \n",
      "mr. <unk>'s fund didn't earn $1 billion or 1 1/1%\n",
    ],
    [" investors ' N-year bonds ca n't rise \n", "investors' 1-year bonds can't rise\n"],
    [' the u.s. -lrb- of a. -rrb- is gon na win \n', 'the u.s. (of a.) is gonna win\n'],
  ]);
});

describe('oneBillionWord', () => {
  testPairs(oneBillionWord, [
    ['The U.S. lost $ 2,500 ( 3.5 % ) on " Big Cat " .\n', 'The U.S. lost $2,500 (3.5%) on "Big Cat".\n'],
    ["Mr. O 'Shea 's 20-year-old son didn 't go .\n", "Mr. O'Shea's 20-year-old son didn't go.\n"],
  ]);
});

describe('cbt and lambada', () => {
  testPairs(cbt, [
    ["`` I ca n't , '' said she , `` not now ! ''", '"I can\'t," said she, "not now!"'],
    ["` Dogs ' bowls ? ' Mrs. Lee -LRB- his aunt -RRB- cried .", "'Dogs' bowls?' Mrs. Lee (his aunt) cried."],
    ["take 'em , I 'm gon na -LSB- go -RSB-", "take 'em, I'm gonna [go]"],
  ]);
  testPairs(lambada, [
    [
      "`` i 'd go -lrb- or not -rrb- , '' she said ... `` what ?! ''",
      '"i\'d go (or not)," she said... "what?!"',
    ],
  ]);
});
