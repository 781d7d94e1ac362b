import { InvalidArgumentError, InvalidFileError, TokenRangeError } from '@gpt-ts/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referenceEncode } from '../test/support/reference.js';
import { numRuns, unicode } from '../test/support/unicode.js';
import type { Merge } from './bpe/merge-ranks.js';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { trainByteBpe } from './train/train-byte-bpe.js';

const EOT = '<|endoftext|>';
const bytesOnly = ByteBpeTokenizer.fromMerges([]);

describe('ByteBpeTokenizer', () => {
  test('orders ids as GPT-2 does: bytes, merges, special tokens', () => {
    const tokenizer = ByteBpeTokenizer.fromMerges([
      ['a', 'a'],
      ['aa', 'b'],
    ]);
    expect(tokenizer.encode('aab aa')).toEqual([257, 220, 256]);
    expect(tokenizer).toMatchObject({ kind: 'byte-bpe', nVocab: 259, eotId: 258 });
    expect(tokenizer.decode([257, 258, 220])).toBe('aab<|endoftext|> ');
  });

  test('has no eotId without the token', () => {
    expect(ByteBpeTokenizer.fromMerges([], { specialTokens: [] }).eotId).toBeUndefined();
    expect(ByteBpeTokenizer.fromMerges([], { specialTokens: ['<pad>'] }).eotId).toBeUndefined();
  });

  test('plain text never becomes a special token unless it is allowed by name', () => {
    const tokenizer = ByteBpeTokenizer.fromMerges([], { specialTokens: [EOT, '<pad>'] });
    expect(tokenizer.encode(`a${EOT}`)).toHaveLength(1 + EOT.length);
    expect(tokenizer.encode(`a${EOT}<pad>b`, { allowedSpecial: 'all' })).toEqual([64, 256, 257, 65]);
    expect(tokenizer.encode(`${EOT}<pad>`, { allowedSpecial: [EOT] })).toEqual([256, 27, 79, 64, 67, 29]);
    const unknown = () => tokenizer.encode('a', { allowedSpecial: ['<bos>'] });
    expect(unknown).toThrow(InvalidArgumentError);
    expect(unknown).toThrow('allowedSpecial must be names from ["<|endoftext|>","<pad>"], got "<bos>".');
  });

  test('encodes a lone surrogate as U+FFFD', () => {
    expect(bytesOnly.encode('a\ud800')).toEqual(bytesOnly.encode('a\ufffd'));
    expect(bytesOnly.decode(bytesOnly.encode('\udc00\ud800'))).toBe('\ufffd\ufffd');
  });

  test('decodes half a character as U+FFFD, and keeps a byte order mark', () => {
    const [first] = bytesOnly.encode('é');
    expect(bytesOnly.decode([first, 64])).toBe('\ufffda');
    expect(bytesOnly.decode(bytesOnly.encode('\ufeffa'))).toBe('\ufeffa');
    expect(bytesOnly.decode(Uint16Array.of(64, 65))).toBe('ab');
    expect(bytesOnly.decode([])).toBe('');
  });

  test('refuses ids outside the vocabulary', () => {
    for (const id of [257, -1, 0.5, Number.NaN]) {
      expect(() => bytesOnly.decode([0, id])).toThrow(TokenRangeError);
    }
  });

  test.each<[string, Merge[]]>([
    ['an unknown part', [['a', 'zz']]],
    [
      'a part that only a later merge makes',
      [
        ['aa', 'b'],
        ['a', 'a'],
      ],
    ],
    [
      'a result that exists',
      [
        ['a', 'a'],
        ['a', 'a'],
      ],
    ],
    ['a space that is not spelled Ġ', [[' ', 'a']]],
  ])('refuses merges with %s', (_, merges) => {
    expect(() => ByteBpeTokenizer.fromMerges(merges)).toThrow(InvalidArgumentError);
  });

  test('refuses special tokens that are empty, repeated or another token', () => {
    for (const specialTokens of [[''], [EOT, EOT], ['a'], ['aa']]) {
      expect(() => ByteBpeTokenizer.fromMerges([['a', 'a']], { specialTokens })).toThrow(
        InvalidArgumentError,
      );
    }
  });

  test('reads ids from vocab.json, wherever they are', () => {
    const plain = ByteBpeTokenizer.fromMerges([['a', 'b']]);
    const tokens = [...plain.tokens].reverse(); // <|endoftext|> is 0, as Hugging Face's trainer numbers it
    const vocab = JSON.stringify(Object.fromEntries(tokens.map((token, id) => [token, id])));
    const tokenizer = ByteBpeTokenizer.fromFiles({ vocab, merges: 'a b\n' });
    expect(tokenizer.eotId).toBe(0);
    expect(tokenizer.encode('abc')).toEqual([1, tokens.indexOf('c')]);
    expect(tokenizer.decode([1, 0])).toBe(`ab${EOT}`);
    expect(() => ByteBpeTokenizer.fromFiles({ vocab, merges: 'b a\n' })).toThrow(InvalidFileError);
  });

  test('refuses merges that do not make all tokens', () => {
    const { tokens } = ByteBpeTokenizer.fromMerges([
      ['Ġ', 'a'],
      ['Ġa', 'b'],
    ]);
    const vocab = JSON.stringify(Object.fromEntries(tokens.map((token, id) => [token, id])));
    const cut = () => ByteBpeTokenizer.fromFiles({ vocab, merges: 'Ġ a\n' });
    expect(cut).toThrow(InvalidFileError);
    expect(cut).toThrow('merges.txt: no merge makes the token "Ġab" of vocab.json.');
  });

  test('refuses a stream of bytes', async () => {
    const stream = bytesOnly.encodeStream([new Uint8Array(3)] as never);
    await expect(stream.next()).rejects.toThrow("Name the encoding: createReadStream(path, 'utf8').");
  });

  test('two merges may make the same token', () => {
    const tokens = [...ByteBpeTokenizer.fromMerges([]).tokens, 'ab', 'bc', 'abc'];
    const vocab = JSON.stringify(Object.fromEntries(tokens.map((token, id) => [token, id])));
    const tokenizer = ByteBpeTokenizer.fromFiles({ vocab, merges: 'a b\nb c\nab c\na bc\n' });
    expect(tokenizer.encode('abc')).toEqual([tokens.indexOf('abc')]);
    expect([...tokenizer.specialTokens.keys()]).toEqual([EOT]);
  });

  test('refuses text that spells a special token where that is asked for', () => {
    const tokenizer = ByteBpeTokenizer.fromMerges([], { specialTokens: [EOT, '<pad>'] });
    const refusing = () => tokenizer.encode(`ab${EOT}`, { disallowedSpecial: 'all' });
    expect(refusing).toThrow(InvalidArgumentError);
    expect(refusing).toThrow('<|endoftext|> at position 2');
    expect(() => tokenizer.count(EOT, { disallowedSpecial: [EOT] })).toThrow(InvalidArgumentError);
    const options = { allowedSpecial: [EOT], disallowedSpecial: 'all' as const };
    expect(tokenizer.encode(`a${EOT}`, options)).toEqual([64, 256]); // nothing of the refused text is left
    expect(tokenizer.encode('<pad>', { disallowedSpecial: [EOT] })).toHaveLength(5);
  });

  test('is not confused by names that objects have', async () => {
    const text = '__proto__ toString constructor hasOwnProperty __proto__ toString';
    const tokenizer = await trainByteBpe(text, { nVocab: 300 });
    expect(tokenizer.encode(text)).toEqual(referenceEncode(text, tokenizer.tokens, tokenizer.merges));
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    expect(tokenizer.encode('')).toEqual([]);
  });

  test('stays right when the cache of pieces overflows', async () => {
    const tokenizer = await trainByteBpe('0 1 2 3 4 5 6 7 8 9 10 '.repeat(9), { nVocab: 270 });
    const text = Array.from({ length: 60_000 }, (_, i) => i).join(' ');
    const ids = tokenizer.encode(text);
    expect(tokenizer.decode(ids)).toBe(text);
    expect(tokenizer.encode(text)).toEqual(ids);
  });

  describe('with a trained vocabulary', async () => {
    const corpus = "it's  a small 中中 text 😀😀\n\n1234 <|endoftext|> tests' tells e\u0301 don't ".repeat(4);
    const tokenizer = await trainByteBpe(corpus, { nVocab: 320 });

    test('decode undoes encode for any well-formed text, and agrees with the reference', () => {
      const property = fc.property(unicode, (text) => {
        const ids = tokenizer.encode(text);
        expect(tokenizer.decode(ids)).toBe(text);
        expect(ids).toEqual(referenceEncode(text, tokenizer.tokens, tokenizer.merges));
        expect(tokenizer.count(text)).toBe(ids.length);
        expect(tokenizer.decode(tokenizer.encode(text, { allowedSpecial: 'all' }))).toBe(text);
      });
      fc.assert(property, { numRuns });
    });

    test('decodeBytes undoes encodeBytes for any bytes', () => {
      const utf8 = new TextEncoder();
      const bytes = fc.oneof(
        fc.uint8Array(),
        fc
          .tuple(fc.uint8Array({ maxLength: 3 }), unicode)
          .map(([a, b]) => Uint8Array.from([...utf8.encode(b), ...a])),
      );
      const property = fc.property(bytes, (bytes) => {
        expect(tokenizer.decodeBytes(tokenizer.encodeBytes(bytes))).toEqual(bytes);
      });
      fc.assert(property, { numRuns });
      const same = fc.property(unicode, (text) => {
        expect(tokenizer.encodeBytes(utf8.encode(text))).toEqual(tokenizer.encode(text));
      });
      fc.assert(same, { numRuns });
    });

    test('offsets are those of a slow reference', () => {
      const property = fc.property(fc.oneof(unicode, fc.string({ unit: loneUnits })), (text) => {
        const { ids, offsets } = tokenizer.encodeWithOffsets(text, { allowedSpecial: 'all' });
        expect(ids).toEqual(tokenizer.encode(text, { allowedSpecial: 'all' }));
        expect(offsets).toEqual(slowOffsets(text, ids));
      });
      fc.assert(property, { numRuns });

      /** For every byte of the text the character it belongs to; for every token the characters of its bytes. */
      function slowOffsets(text: string, ids: readonly number[]): number[][] {
        const owners: [start: number, end: number][] = [];
        let unit = 0;
        for (const character of text) {
          const span: [number, number] = [unit, (unit += character.length)];
          for (const _ of new TextEncoder().encode(character)) owners.push(span);
        }
        let at = 0;
        return ids.map((id) => {
          const own = owners.slice(at, (at += tokenizer.decodeBytes([id]).length));
          return [own[0][0], own[own.length - 1][1]];
        });
      }
    });

    test('a stream gives the ids of the whole, wherever it is cut', async () => {
      const parts = fc.array(fc.oneof(unicode, fc.string({ unit: loneUnits, maxLength: 3 })), {
        maxLength: 6,
      });
      const property = fc.asyncProperty(parts, fc.boolean(), async (parts, special) => {
        const options = special ? { allowedSpecial: 'all' as const } : {};
        const streamed: number[] = [];
        for await (const ids of tokenizer.encodeStream(parts, options)) streamed.push(...ids);
        expect(streamed).toEqual(tokenizer.encode(parts.join(''), options));
      });
      await fc.assert(property, { numRuns });
      for (const unit of [...corpus].keys()) {
        const parts = [corpus.slice(0, unit), corpus.slice(unit)];
        const streamed: number[] = [];
        for await (const ids of tokenizer.encodeStream(parts, { allowedSpecial: 'all' }))
          streamed.push(...ids);
        expect(streamed).toEqual(tokenizer.encode(corpus, { allowedSpecial: 'all' }));
      }
    });

    test('streams may take turns', async () => {
      const one = tokenizer.encodeStream(['it', "'s small"]);
      const two = tokenizer.encodeStream(['te', 'xt 😀']);
      const ids = { one: [] as number[], two: [] as number[] };
      for (let turn = 0; turn < 4; turn++) {
        ids.one.push(...((await one.next()).value ?? []));
        ids.two.push(...((await two.next()).value ?? []));
        tokenizer.encode('something else');
      }
      expect(ids).toEqual({ one: tokenizer.encode("it's small"), two: tokenizer.encode('text 😀') });
    });
  });
});

/** Halves of surrogate pairs among letters. */
const loneUnits = fc.constantFrom('a', ' ', '\ud83d', '\ude00', '\ud800');
