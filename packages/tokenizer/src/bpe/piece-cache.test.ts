import { expect, test } from 'vitest';
import { hashPiece, PADDING, PieceCache } from './piece-cache.js';

/** A view of a piece between other bytes, at an odd place. */
function lay(piece: string): [DataView, number, number] {
  const bytes = new TextEncoder().encode(`xyz${piece}${'q'.repeat(PADDING)}`);
  return [new DataView(bytes.buffer, 0, bytes.length), 3, bytes.length - PADDING];
}

function keep(cache: PieceCache, piece: string, ids: number[], hash?: number): void {
  const [view, start, end] = lay(piece);
  cache.keep(
    view,
    start,
    end,
    hash ?? hashPiece(view, start, end),
    Int32Array.from([7, ...ids]),
    1,
    ids.length,
  );
}

function recall(cache: PieceCache, piece: string, hash?: number): number[] {
  const [view, start, end] = lay(piece);
  const ids = new Int32Array(10).fill(-1);
  const count = cache.recall(view, start, end, hash ?? hashPiece(view, start, end), ids, 2);
  expect(ids.subarray(0, 2)).toEqual(Int32Array.of(-1, -1));
  return [...ids.subarray(2, 2 + count)];
}

test('gives back what it was given, whatever stands around the piece', () => {
  const cache = new PieceCache();
  const pieces = Array.from({ length: 24 }, (_, i) => 'abcdefghijklmnopqrstuvwxyz'.slice(0, i + 1));
  for (const [i, piece] of pieces.entries()) keep(cache, piece, [i, i + 1].slice(0, 1 + (i % 2)));
  for (const [i, piece] of pieces.entries()) {
    expect(recall(cache, piece)).toEqual([i, i + 1].slice(0, 1 + (i % 2)));
    expect(recall(cache, `${piece.slice(0, -1)}!`)).toEqual([]);
  }
});

test('pieces of equal hash are told apart, also when zeros fill them up', () => {
  const cache = new PieceCache();
  keep(cache, 'a', [1], 5);
  keep(cache, 'a\0', [2], 5);
  keep(cache, 'b', [3], 5);
  expect([recall(cache, 'a', 5), recall(cache, 'a\0', 5), recall(cache, 'b', 5)]).toEqual([[1], [2], [3]]);
  expect(recall(cache, 'a\0\0', 5)).toEqual([]);
});

test('the oldest of a full set makes room', () => {
  const cache = new PieceCache();
  for (const [i, piece] of ['a', 'b', 'c', 'd', 'e'].entries()) keep(cache, piece, [i], 5);
  expect(recall(cache, 'a', 5)).toEqual([]);
  expect(recall(cache, 'b', 5)).toEqual([1]);
  expect(recall(cache, 'e', 5)).toEqual([4]);
});

test('what is too long is not kept', () => {
  const cache = new PieceCache();
  keep(cache, 'a'.repeat(25), [1]);
  keep(cache, 'b', [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(recall(cache, 'a'.repeat(25))).toEqual([]);
  expect(recall(cache, 'b')).toEqual([]);
});
