import { expect, test } from 'vitest';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { decodeStream } from './decode-stream.js';
import { END_OF_TEXT } from './tokenizer.js';

const bytes = ByteBpeTokenizer.fromMerges([], { specialTokens: [END_OF_TEXT] }); // one token a byte

async function pieces(ids: Iterable<number>): Promise<string[]> {
  const out: string[] = [];
  for await (const piece of decodeStream(bytes, ids)) out.push(piece);
  return out;
}

test('a character arrives whole, when its last byte does', async () => {
  expect(await pieces(bytes.encode('aé😀b'))).toEqual(['a', 'é', '😀', 'b']);
});

test('the text ends before the end-of-text token', async () => {
  expect(await pieces([...bytes.encode('ab'), bytes.eotId!, ...bytes.encode('c')])).toEqual(['a', 'b']);
});

test('joined, the pieces are the decoded text, broken bytes included', async () => {
  const whole = bytes.encode('😀');
  for (const ids of [
    whole.slice(0, 2),
    [whole[1], ...whole, whole[0]],
    [...whole.slice(0, 3), ...bytes.encode('xé')],
  ]) {
    expect((await pieces(ids)).join('')).toBe(bytes.decode(ids));
  }
});
