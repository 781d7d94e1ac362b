import { expect, test } from 'vitest';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { decodeStream } from './decode-stream.js';
import { Gpt1Tokenizer } from './gpt1/gpt1-tokenizer.js';
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

test('GPT-1 puts spaces between words, not after the last', async () => {
  const tokens = ['<unk>', 'a', 'b', '.', 'a</w>', 'b</w>', '.</w>', 'ab</w>', '\n</w>'];
  const gpt1 = await Gpt1Tokenizer.fromTokens(tokens, [['a', 'b</w>']]);
  const ids = gpt1.encode('ab ab.\nba\n\nb');
  const out: string[] = [];
  for await (const piece of decodeStream(gpt1, ids)) out.push(piece);
  expect(out.join('')).toBe(gpt1.decode(ids));
  expect(out.join('')).toBe('ab ab .\nba\nb');
});

test('a run of bytes that never become a character is decoded a few ids at a time', async () => {
  let decoded = 0;
  const counting = {
    eotId: undefined,
    decode(ids: ArrayLike<number>) {
      decoded += ids.length;
      return bytes.decode(ids);
    },
  };
  const [, broken] = bytes.encode('é'); // the second byte alone
  for (const ids of [
    Array(3000).fill(broken),
    [...bytes.encode('a'), ...Array(20).fill(broken), ...bytes.encode('éb')],
  ]) {
    decoded = 0;
    let text = '';
    for await (const piece of decodeStream(counting, ids)) text += piece;
    expect(text).toBe(bytes.decode(ids));
    expect(decoded).toBeLessThan(20 * ids.length + 20);
  }
});
