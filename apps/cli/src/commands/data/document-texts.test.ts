import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { linePieces, type Piece, textPieces } from './document-texts.js';

/** Documents of pieces, joined. */
async function documentsOf(pieces: AsyncIterable<Piece>): Promise<string[]> {
  const documents: string[] = [''];
  for await (const { text, ends } of pieces) {
    documents[documents.length - 1] += text;
    if (ends) documents.push('');
  }
  expect(documents.pop()).toBe(''); // the last one was ended too
  return documents;
}

/** A text in parts of 1 to 9 characters. */
async function* inParts(text: string, random: Random): AsyncGenerator<string> {
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + random.int(9);
    yield text.slice(at, end);
    at = end;
  }
}

describe('textPieces', () => {
  test('cuts at <|endoftext|> wherever the parts are cut', async () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(seed);
      const words = ['<|endoftext|>', '<|endof', 'text|>', 'a', '<', '\n', 'word '];
      const text = Array.from({ length: random.int(30) }, () => words[random.int(words.length)]).join('');
      expect(await documentsOf(textPieces(inParts(text, random)))).toEqual(text.split('<|endoftext|>'));
    }
  });

  test('gives a long document in pieces that cut neither a character nor <|endoftext|>', async () => {
    const long = '😀'.repeat(3_000_000);
    const parts = async function* () {
      for (let at = 0; at < long.length; at += 1_000_001) yield long.slice(at, at + 1_000_001);
      yield '<|endof';
      yield 'text|>end';
    };
    let largest = 0;
    const pieces: Piece[] = [];
    for await (const piece of textPieces(parts())) {
      largest = Math.max(largest, piece.text.length);
      expect(/^[\udc00-\udfff]|[\ud800-\udbff]$/.test(piece.text)).toBe(false);
      pieces.push(piece);
    }
    expect(largest).toBeLessThan(6_000_000);
    expect(pieces.map(({ ends }) => ends)).toEqual([false, true, true]);
    expect(pieces.map(({ text }) => text).join('')).toBe(`${long}end`);
  });
});

test('linePieces gives a document a line, wherever the parts are cut', async () => {
  const random = new Random(1);
  const texts = Array.from({ length: 50 }, (_, i) => `text ${i}\n"<|endoftext|>" 😀`);
  const lines = texts.map((text) => JSON.stringify({ text })).join('\n');
  expect(await documentsOf(linePieces(inParts(lines, random), 'x'))).toEqual(texts);
});
