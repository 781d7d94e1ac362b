/** Every row of OpenAI's released arithmetic and word-scrambling files, made again from its operands or its word. */
import { expect } from 'vitest';
import {
  arithmeticItem,
  type PairKind,
  pairKinds,
  type ScramblingKind,
  type Shot,
  type Sign,
  scramblingItem,
  threeOpsItem,
} from '../src/index.js';
import { readData, testWithData } from './support/shared-data.js';

const folder = 'eval-gpt3-synthetic';
const rows = (path: string): Shot[] =>
  readData(path)
    .text.trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

for (const [kind, { operation }] of Object.entries(pairKinds)) {
  const path = `${folder}/${kind.replaceAll('-', '_')}.jsonl`;
  testWithData(`${kind}: all rows`, [path], () => {
    const released = rows(path);
    expect(released.length).toBeGreaterThanOrEqual(1000);
    for (const row of released) {
      const [, a, word, b] = /(\d+) (\w+) (\d+)/.exec(row.context) ?? [];
      expect(word).toBe(operation);
      expect(arithmeticItem(kind as PairKind, [Number(a), Number(b)])).toEqual(row);
    }
  });
}

const threeOps = `${folder}/single_digit_three_ops.jsonl`;
testWithData('single-digit-three-ops: all rows', [threeOps], () => {
  const released = rows(threeOps);
  expect(released.length).toBeGreaterThanOrEqual(1000);
  for (const row of released) {
    const [a, b, c] = (row.context.match(/\d/g) ?? []).map(Number);
    const [first, second] = row.context.match(/[-+*]/g) as Sign[];
    expect(threeOpsItem([a, b, c], [first, second])).toEqual(row);
  }
});

const scrambled: [ScramblingKind, string][] = [
  ['cycle-letters', 'cycle_letters_in_word'],
  ['anagrams-1', 'mid_word_1_anagrams'],
  ['anagrams-2', 'mid_word_2_anagrams'],
  ['random-insertion', 'random_insertion_in_word'],
  ['reversed-words', 'reversed_words'],
];

for (const [kind, file] of scrambled) {
  const path = `${folder}/${file}.jsonl.gz`;
  testWithData(`${kind}: all rows, each changed as the kind allows`, [path], () => {
    const released = rows(path);
    expect(released.length).toBeGreaterThanOrEqual(2000);
    for (const row of released) {
      const made = scramblingItem(kind, row.completion.slice(1), row.context.slice(1, -' ='.length)); // throws where not allowed
      expect(made).toEqual(row);
    }
  });
}
