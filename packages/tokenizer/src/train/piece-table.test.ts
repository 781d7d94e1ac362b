import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PADDING } from '../bpe/piece-cache.js';
import { PieceTable } from './piece-table.js';

function addAll(table: PieceTable, pieces: readonly Uint8Array[]): void {
  for (const piece of pieces) {
    const padded = new Uint8Array(1 + piece.length + PADDING).fill(7);
    padded.set(piece, 1);
    table.add(new DataView(padded.buffer), 1, 1 + piece.length);
  }
}

function entriesOf(table: PieceTable): [string, number][] {
  const entries: [string, number][] = [];
  table.visit((bytes, start, end, count) => entries.push([bytes.subarray(start, end).join(), count]));
  return entries;
}

test('counts pieces as a Map does, in the order they came', () => {
  const piece = fc.uint8Array({ minLength: 1, maxLength: 5, max: 5 });
  const property = fc.property(fc.array(piece, { maxLength: 10_000, size: 'max' }), (pieces) => {
    const table = new PieceTable(2 ** 20);
    addAll(table, pieces);
    const expected = new Map<string, number>();
    for (const each of pieces) expected.set(each.join(), (expected.get(each.join()) ?? 0) + 1);
    expect(entriesOf(table)).toEqual([...expected]);
    expect(table.size).toBe(expected.size);
    expect(table.byteLength).toBe([...expected.keys()].join().split(/\d/).length - 1); // one digit a byte
  });
  fc.assert(property, { numRuns: 50 });
});

test('forgets the rarest pieces until half of the room is free, and counts on', () => {
  const often = Uint8Array.of(1, 2, 3);
  const twice = [0, 1, 2].map((i) => Uint8Array.of(8, i));
  const once = Array.from({ length: 7 }, (_, i) => Uint8Array.of(9, i));
  const table = new PieceTable(10);
  addAll(table, [often, often, often, ...twice, ...twice, ...once.slice(0, 6)]);
  expect(table).toMatchObject({ size: 10, dropped: 0 });
  addAll(table, [once[6]]); // the 11th
  expect(table).toMatchObject({ size: 4, dropped: 7, byteLength: 9 });
  addAll(table, [often, twice[1], once[0]]);
  expect(entriesOf(table)).toEqual([
    ['1,2,3', 4],
    ['8,0', 2],
    ['8,1', 3],
    ['8,2', 2],
    ['9,0', 1],
  ]);
});

test('forgets also when few pieces are long', () => {
  const table = new PieceTable(4); // and 64 bytes
  const long = Array.from({ length: 3 }, (_, i) => new Uint8Array(25).fill(i));
  addAll(table, [long[0], long[0], long[1]]);
  expect(table.size).toBe(2);
  addAll(table, [long[2]]);
  expect(entriesOf(table)).toEqual([[long[0].join(), 2]]);
});

test('forgets twice, four times and more where once is not enough', () => {
  const table = new PieceTable(4);
  const pieces = [0, 1, 2, 3].map((i) => Uint8Array.of(i));
  addAll(table, [...pieces, ...pieces, ...pieces, pieces[3], pieces[3], Uint8Array.of(4)]);
  expect(entriesOf(table)).toEqual([['3', 5]]);
});
