/** Golden values: the examples of Porter 1980, step by step, stemmed to the end. */
import { expect, test } from 'vitest';
import { porterStem } from './porter-stem.js';

test.each([
  // 1a
  ['caresses', 'caress'],
  ['ponies', 'poni'],
  ['ties', 'ti'],
  ['cats', 'cat'],
  // 1b
  ['feed', 'feed'],
  ['agreed', 'agre'],
  ['plastered', 'plaster'],
  ['bled', 'bled'],
  ['motoring', 'motor'],
  ['sing', 'sing'],
  ['conflated', 'conflat'],
  ['troubled', 'troubl'],
  ['sized', 'size'],
  ['hopping', 'hop'],
  ['tanned', 'tan'],
  ['falling', 'fall'],
  ['hissing', 'hiss'],
  ['fizzed', 'fizz'],
  ['failing', 'fail'],
  ['filing', 'file'],
  // 1c
  ['happy', 'happi'],
  ['sky', 'sky'],
  // 2
  ['relational', 'relat'],
  ['conditional', 'condit'],
  ['rational', 'ration'],
  ['valenci', 'valenc'],
  ['digitizer', 'digit'],
  ['radicalli', 'radic'],
  ['differentli', 'differ'],
  ['vileli', 'vile'],
  ['analogousli', 'analog'],
  ['vietnamization', 'vietnam'],
  ['operator', 'oper'],
  ['feudalism', 'feudal'],
  ['decisiveness', 'decis'],
  ['hopefulness', 'hope'],
  ['sensibiliti', 'sensibl'],
  // 3
  ['triplicate', 'triplic'],
  ['formative', 'form'],
  ['formalize', 'formal'],
  ['electrical', 'electr'],
  ['goodness', 'good'],
  // 4
  ['revival', 'reviv'],
  ['inference', 'infer'],
  ['airliner', 'airlin'],
  ['adjustable', 'adjust'],
  ['irritant', 'irrit'],
  ['replacement', 'replac'],
  ['adoption', 'adopt'],
  ['homologou', 'homolog'],
  ['effective', 'effect'],
  // 5
  ['probate', 'probat'],
  ['rate', 'rate'],
  ['cease', 'ceas'],
  ['controll', 'control'],
  ['roll', 'roll'],
  // the paper's section 2, and y
  ['generalizations', 'gener'],
  ['oscillators', 'oscil'],
  ['yes', 'ye'],
  ['is', 'is'],
])('%s has the stem %s', (word, stem) => {
  expect(porterStem(word)).toBe(stem);
});
