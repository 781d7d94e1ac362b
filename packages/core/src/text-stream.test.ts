import { expect, test } from 'vitest';
import { TextStream } from './text-stream.js';

const decodeBytes = (ids: readonly number[]) => new TextDecoder().decode(Uint8Array.from(ids));

function pieces(ids: Iterable<number>): string[] {
  const stream = new TextStream(decodeBytes);
  return [...Array.from(ids, (id) => stream.push(id)), stream.end()];
}

test('a character arrives whole, when its last byte does', () => {
  expect(pieces(new TextEncoder().encode('aé😀b'))).toEqual(['a', '', 'é', '', '', '', '😀', 'b', '']);
});

test('what never becomes a character arrives in the end, and nothing arrives of nothing', () => {
  expect(pieces([0x61, 0xf0, 0x9f])).toEqual(['a', '', '', '\ufffd']);
  expect(pieces([])).toEqual(['']);
});

test('after an id, the text begins with what stands between', () => {
  const words = ['the', 'cat', 'sat', '\n'];
  const decode = (ids: readonly number[]) =>
    ids
      .map((id) => `${words[id]} `)
      .join('')
      .replaceAll(/ ?\n ?/g, '\n')
      .replace(/ $/, ''); // a space between words, none at the end
  const after = (before: number | undefined, ids: number[]) => {
    const stream = new TextStream(decode, before);
    return ids.map((id) => stream.push(id)).join('') + stream.end();
  };
  expect(after(undefined, [1, 2])).toBe('cat sat');
  expect(after(0, [1, 2])).toBe(' cat sat');
  expect(after(3, [1, 2])).toBe('cat sat');
  expect(after(0, [3, 1])).toBe('\ncat');
  expect(after(0, [])).toBe('');
});

test('bytes are the same after any byte', () => {
  const bytes = [0xa9, 0x61, 0xc3, 0xa9, 0xf0, 0x9f];
  for (const before of [0x61, 0xc3, 0x80, 0xf0]) {
    const stream = new TextStream(decodeBytes, before);
    expect([...bytes.map((id) => stream.push(id)), stream.end()]).toEqual(pieces(bytes));
  }
});

test('joined, the pieces are the text of the whole, whatever the bytes', () => {
  const bytes = [0xc3, 0x61, 0xf0, 0x9f, 0x98, 0x80, 0x80, 0x80, 0xe2, 0x82, 0xac, 0xf0, 0x9f];
  for (let from = 0; from < bytes.length; from++) {
    expect(pieces(bytes.slice(from)).join('')).toBe(decodeBytes(bytes.slice(from)));
  }
});
