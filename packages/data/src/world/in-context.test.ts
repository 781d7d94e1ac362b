import { describe, expect, test } from 'vitest';
import { IN_CONTEXT_KINDS, type InContextKind, inContextList, inContextText } from './in-context.js';

const lists = (kind: InContextKind, length = 16) =>
  Array.from({ length: 200 }, (_, index) =>
    inContextList({ seed: 2, index, split: 'train' }, { kind, length }),
  );

describe.each(IN_CONTEXT_KINDS)('lists of %s', (kind) => {
  test('one input has one output within a list', () => {
    for (const { examples } of lists(kind)) {
      const outputs = new Map<string, string>();
      for (const { input, output } of examples) {
        expect(outputs.get(input) ?? output).toBe(output);
        outputs.set(input, output);
      }
      expect(examples).toHaveLength(16);
    }
  });

  test('what holds in one list does not in the next', () => {
    const common = new Map<string, Set<string>>();
    for (const { examples } of lists(kind)) {
      for (const { input, output } of examples)
        common.set(input, (common.get(input) ?? new Set()).add(output));
    }
    const shared = [...common.values()].filter((outputs) => outputs.size > 1);
    if (kind === 'words' || kind === 'phrases' || kind === 'labels')
      expect(shared.length).toBeGreaterThan(20);
  });
});

test('a phrase is made of words that mean the same throughout the list', () => {
  for (const { examples } of lists('phrases')) {
    const meanings = new Map<string, Set<string>>();
    for (const { input, output } of examples) {
      for (const word of input.split(' ')) {
        const parts = new Set(output.split(' '));
        const before = meanings.get(word);
        meanings.set(word, new Set([...parts].filter((part) => before?.has(part) ?? true)));
      }
    }
    for (const parts of meanings.values()) expect(parts.size).toBeGreaterThan(0);
  }
});

test('a list is a line for each example, and kinds come in turn', () => {
  const kinds = new Set<string>();
  for (let index = 0; index < 60; index++) {
    const list = inContextList({ seed: 2, index, split: 'test' });
    kinds.add(list.kind);
    const lines = inContextText(list).split('\n');
    expect(lines).toEqual(list.examples.map(({ input, output }) => `${input}${list.sign} ${output}`));
    expect(lines).toHaveLength(8);
  }
  expect([...kinds].sort()).toEqual([...IN_CONTEXT_KINDS].sort());
});
