import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { type PrefixNode, prefixTree, sharedLength } from './prefix-tree.js';

/** `ids (child, child)`, and how many texts end there where it is not one that has no children. */
function show(nodes: readonly PrefixNode[], texts: readonly number[][]): string {
  const one = ({ begin, end, texts: below, children }: PrefixNode) => {
    const ids = texts[below[0]].slice(begin, end).join(' ');
    return children.length > 0
      ? `${ids} (${show(children, texts)})`
      : `${ids}${below.length > 1 ? ` x${below.length}` : ''}`;
  };
  return nodes.map(one).join(', ');
}
const shown = (texts: number[][], minSaved?: number) => show(prefixTree(texts, minSaved), texts);

describe('prefixTree', () => {
  test('what texts begin with is a node above them', () => {
    expect(shown([[1, 2, 3], [1, 2, 4, 5], [6]], 1)).toBe('1 2 (4 5, 3), 6');
    expect(
      shown(
        [
          [1, 2, 3],
          [1, 2],
          [1, 2, 3, 4],
        ],
        1,
      ),
    ).toBe('1 2 (3 (4))'); // texts end at nodes too
    expect(shown([[7, 8]], 1)).toBe('7 8');
    expect(
      shown(
        [
          [7, 8],
          [7, 8],
          [7, 8],
        ],
        1,
      ),
    ).toBe('7 8 x3');
    expect(shown([], 1)).toBe('');
  });

  test('a node that saves too little is not made: its children begin earlier', () => {
    const texts = [
      [1, 2, 3, 4, 5],
      [1, 2, 3, 4, 6],
      [1, 2, 3, 7],
    ];
    expect(shown(texts, 1)).toBe('1 2 3 (4 (5, 6), 7)');
    expect(shown(texts, 3)).toBe('1 2 3 (4 5, 4 6, 7)'); // 4 would save 1
    expect(shown(texts, 4)).toBe('1 2 3 4 (5, 6), 1 2 3 7'); // 1 2 3 would save 3, 1 2 3 4 saves 4
    expect(shown(texts, 5)).toBe('1 2 3 4 5, 1 2 3 4 6, 1 2 3 7');
    const head = Array.from({ length: 16 }, (_, i) => i);
    expect(
      shown([
        [...head, 1],
        [...head, 2],
      ]),
    ).toBe(`${head.join(' ')} (1, 2)`); // the default
    expect(
      shown([
        [...head.slice(1), 1],
        [...head.slice(1), 2],
      ]),
    ).not.toContain('(');
  });

  test('whatever the texts, the way down to each is that text, and no node saves less than it should', () => {
    const random = new Random(4);
    for (let round = 0; round < 200; round++) {
      const texts = Array.from({ length: 1 + random.int(30) }, () =>
        Array.from({ length: 1 + random.int(12) }, () => random.int(2)),
      );
      const minSaved = 1 + random.int(8);
      const found = texts.map(() => 0);
      const walk = (nodes: readonly PrefixNode[], path: number[]): void => {
        for (const { begin, end, texts: below, children } of nodes) {
          expect(begin).toBe(path.length);
          expect(end).toBeGreaterThan(begin);
          const here = [...path, ...texts[below[0]].slice(begin, end)];
          const deeper = new Set(children.flatMap((child) => child.texts));
          expect(deeper.size).toBe(children.reduce((sum, child) => sum + child.texts.length, 0));
          for (const text of below) {
            expect(texts[text].slice(0, end)).toEqual(here);
            if (!deeper.has(text)) {
              expect(texts[text]).toEqual(here);
              found[text]++;
            }
          }
          const ways = new Set(below.map((text) => texts[text][end])).size;
          if (children.length > 0) expect((ways - 1) * (end - begin)).toBeGreaterThanOrEqual(minSaved);
          walk(children, here);
        }
      };
      walk(prefixTree(texts, minSaved), []);
      expect(found).toEqual(texts.map(() => 1));
    }
  });

  test('a thousand texts, each the beginning of the next, are no deep tree', () => {
    const text = Array.from({ length: 1000 }, (_, i) => i);
    const depth = (nodes: readonly PrefixNode[]): number =>
      1 + Math.max(0, ...nodes.map(({ children }) => children.length && depth(children)));
    expect(depth(prefixTree(text.map((_, i) => text.slice(0, i + 1))))).toBeLessThan(70);
  });
});

test('sharedLength counts the ids before the first difference', () => {
  expect(sharedLength([1, 2, 3], Int32Array.of(1, 2, 4))).toBe(2);
  expect(sharedLength([1, 2], [1, 2, 3])).toBe(2);
  expect(sharedLength([], [1])).toBe(0);
});
