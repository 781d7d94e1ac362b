import { InvalidArgumentError, TokenRangeError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { parseIds } from './parse-ids.js';

async function parse(...parts: string[]): Promise<number[]> {
  const all: number[] = [];
  for await (const ids of parseIds(parts, 50257)) all.push(...ids);
  return all;
}

describe('ids as text', () => {
  test.each<[string, number[]]>([
    ['', []],
    [' \n', []],
    ['0', [0]],
    ['15496 995\n', [15496, 995]],
    ['1\n2\t3  4', [1, 2, 3, 4]],
    ['[]', []],
    ['[ 7 ]', [7]],
    ['[15496,995, 1]\n', [15496, 995, 1]],
    ['007', [7]],
  ])('%j is %j, wherever it is cut', async (text, ids) => {
    expect(await parse(text)).toEqual(ids);
    for (let at = 0; at <= text.length; at++) {
      expect(await parse(text.slice(0, at), text.slice(at))).toEqual(ids);
    }
    expect(await parse(...text)).toEqual(ids);
  });

  test.each([
    ['a', /^ids\[0\] must be a whole number from 0 to 50256, got "a"/],
    ['1 -2', /^ids\[1\] must be a whole number from 0 to 50256, got "-2"/],
    ['1.5', /got "1\.5"/],
    ['1,2', /got ","/],
    ['[1 2]', /ids\[1\] must be a comma or the \] that ends the array, got "2"/],
    ['[1,2', /ids\[2\] must be an id or the \] that ends the array/],
    ['[', /ids\[0\] must be an id or the \]/],
    ['[1,]', /ids\[1\] must be a whole number from 0 to 50256, got "\]"/],
    ['[1] 2', /ids\[1\] must be left out: the array has ended, got "2"/],
    ['[[1]]', /got "\["/],
    ['1'.repeat(1e5), /got "1{70,}\.\.\./],
  ])('%j is an error that says where', async (text, message) => {
    await expect(parse(text)).rejects.toThrow(InvalidArgumentError);
    await expect(parse(text)).rejects.toThrow(message);
  });

  test('an id outside the vocabulary is found at its place in all of the text', async () => {
    const error = await parse('1 2\n', '3 50257 4').catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TokenRangeError);
    expect(error).toMatchObject({ token: 50257, position: 3, nVocab: 50257 });
  });

  test('a word without an end is refused before it fills the memory', async () => {
    let parts = 0;
    function* endless() {
      for (; ; parts++) yield '9'.repeat(64);
    }
    await expect(parseIds(endless(), 50257).next()).rejects.toThrow(InvalidArgumentError);
    expect(parts).toBeLessThan(4);
  });
});
