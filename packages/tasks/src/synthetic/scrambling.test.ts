import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { bytes } from '../../test/toy-codecs.js';
import { fewShotPrompt, type Shot } from '../few-shot-prompt.js';
import { canScramble, scrambledWords } from './scrambled-words.js';
import {
  isScrambled,
  SCRAMBLING_DESCRIPTION,
  type ScramblingKind,
  scramblingItem,
  scramblingKinds,
} from './scrambling.js';

const random = new Random(0, 'words');
const ALPHABET = [...'abcdefghijklmnopqrstuvwxyz'];
const words = Array.from({ length: 10_000 }, () =>
  Array.from({ length: 6 + random.int(10) }, () => random.pick(ALPHABET)).join(''),
);
const scrambledOf = ({ context }: Shot) => context.slice(1, -2);
const sorted = (text: string) => [...text].sort().join('');

test.each([
  ['cycle-letters', 'inevitably', 'lyinevitab'],
  ['anagrams-1', 'corruption', 'criroptuon'],
  ['anagrams-2', 'opponent', 'opoepnnt'],
  ['random-insertion', 'succession', 's.u!c/c!e.s s i/o/n'],
  ['reversed-words', 'objects', 'stcejbo'],
] as [ScramblingKind, string, string][])('the paper: %s makes of %s, %s', (kind, word, scrambled) => {
  expect(scramblingItem(kind, word, scrambled)).toEqual({
    context: `\n${scrambled} =`,
    completion: ` ${word}`,
  });
  const allowed = scramblingKinds.filter((each) => isScrambled(each, word, scrambled));
  expect(allowed).toEqual(kind === 'anagrams-2' ? ['anagrams-1', kind] : [kind]);
});

test.each([
  ['cycle-letters', 'sticks', 'sticks'],
  ['cycle-letters', 'tartar', 'tartar'], // round by 3
  ['cycle-letters', 'sticks', 'skcits'],
  ['cycle-letters', 'sticks', 'ticksx'],
  ['anagrams-1', 'sticks', 'sticks'],
  ['anagrams-1', 'sticks', 'ktsics'], // the first letter moved
  ['anagrams-1', 'sticks', 'skixts'],
  ['anagrams-1', 'sticks', 'sktics '],
  ['anagrams-1', 'aa', 'aa'],
  ['anagrams-1', 'a', 'a'],
  ['anagrams-2', 'sticks', 'sticks'], // i and c could change places
  ['anagrams-2', 'strand', 'srtand'], // the second letter moved
  ['random-insertion', 'ab', 'ab'],
  ['random-insertion', 'ab', 'a,b'],
  ['random-insertion', 'ab', 'a.b.'],
  ['random-insertion', 'ab', 'b.a'],
  ['reversed-words', 'sticks', 'sticks'],
] as [ScramblingKind, string, string][])('%s never makes of %s, %j', (kind, word, scrambled) => {
  expect(isScrambled(kind, word, scrambled)).toBe(false);
  expect(() => scramblingItem(kind, word, scrambled)).toThrow(
    `scrambled must be '${word}' as ${kind} may change it`,
  );
});

test('a word stays as it was only where it has to: equal letters between two and two, a palindrome', () => {
  expect(isScrambled('anagrams-2', 'yellow', 'yellow')).toBe(true);
  expect(isScrambled('reversed-words', 'level', 'level')).toBe(true);
});

describe.each(scramblingKinds)('%s of 10,000 words', (kind) => {
  const items = scrambledWords(kind, words);

  test('is allowed, and keeps the word as the answer', () => {
    expect(items.map(({ completion }) => completion)).toEqual(words.map((word) => ` ${word}`));
    for (const [i, item] of items.entries()) {
      const scrambled = scrambledOf(item);
      expect(isScrambled(kind, words[i], scrambled)).toBe(true);
      if (kind === 'random-insertion') expect(scrambled.replace(/[ ./!]/g, '')).toBe(words[i]);
      else expect(sorted(scrambled)).toBe(sorted(words[i]));
      if (kind === 'cycle-letters' || kind === 'anagrams-1') expect(scrambled).not.toBe(words[i]);
    }
  });

  test('depends on seed, word and place alone', () => {
    expect(scrambledWords(kind, words.slice(0, 100), { seed: 0 })).toEqual(items.slice(0, 100));
    if (kind === 'reversed-words') return;
    expect(scrambledWords(kind, words, { seed: 1 })).not.toEqual(items);
  });
});

test.each([
  ['cycle-letters', 'sequoia', 6],
  ['anagrams-1', 'planet', 23], // 4! - 1
  ['anagrams-2', 'strange', 5], // 3! - 1
  ['random-insertion', 'abc', 16],
] as [ScramblingKind, string, number][])('%s makes of %s %i things, equally often', (kind, word, ways) => {
  const n = 10_000;
  const counts = new Map<string, number>();
  for (const item of scrambledWords(kind, new Array<string>(n).fill(word))) {
    counts.set(scrambledOf(item), (counts.get(scrambledOf(item)) ?? 0) + 1);
  }
  expect(counts.size).toBe(ways);
  const sd = Math.sqrt((n / ways) * (1 - 1 / ways));
  for (const count of counts.values()) expect(Math.abs(count - n / ways)).toBeLessThan(5 * sd);
});

test('letters beyond the first 65,536 characters stay whole', () => {
  const word = '\u{10400}\u{10401}bcd\u{10402}'; // Deseret
  for (const kind of scramblingKinds) {
    const [item] = scrambledWords(kind, [word]);
    expect(new TextDecoder().decode(new TextEncoder().encode(item.context))).toBe(item.context);
  }
});

test('the first of seed 0', () => {
  const first = scramblingKinds.map((kind) => scrambledOf(scrambledWords(kind, ['lighthouse'])[0]));
  expect(first).toEqual(['hthouselig', 'lugstoihhe', 'lihgutohse', 'l/i.g/h.t h.o/u!s/e', 'esuohthgil']); // pinned: a change moves published scores
});

test('prompts read as in the paper', () => {
  const prompt = fewShotPrompt({
    description: SCRAMBLING_DESCRIPTION,
    examples: [scramblingItem('reversed-words', 'defeat', 'taefed')],
    query: scramblingItem('reversed-words', 'objects', 'stcejbo').context,
    k: 1,
    index: 0,
    delimiter: '',
    codec: bytes,
    nCtx: 200,
  });
  expect(prompt.text).toBe(
    'Please unscramble the letters into a word, and write that word:\ntaefed = defeat\nstcejbo =',
  );
});

test('words that cannot be scrambled are refused, not searched for ever', () => {
  const none: [ScramblingKind, string][] = [
    ['cycle-letters', 'aaaa'],
    ['anagrams-1', 'cat'],
    ['anagrams-1', 'abbba'],
    ['anagrams-2', 'stick'],
    ['random-insertion', 'a'],
    ['reversed-words', ''],
    ['reversed-words', 'ice cream'],
  ];
  for (const [kind, word] of none) {
    expect(canScramble(kind, word)).toBe(false);
    expect(() => scrambledWords(kind, ['strange', word])).toThrow(
      `words[1] must be a word that ${kind} can change, got "${word}". Leave it out; canScramble tells which to.`,
    );
  }
  expect(canScramble('anagrams-2', 'yellow')).toBe(true);
});
