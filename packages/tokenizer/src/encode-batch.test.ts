import { execFileSync } from 'node:child_process';
import { InvalidArgumentError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { CharTokenizer } from './char-tokenizer.js';
import { encodeBatch } from './encode-batch.js';
import { UnknownCharacterError } from './errors/unknown-character-error.js';
import { gpt2 } from './gpt2.js';

const texts = Array.from({ length: 600 }, (_, i) =>
  `${i}: naïve 😀 text, and more. `.repeat(1 + ((i * 37) % 90)),
);

test.each([1, 2, 3])('%i threads give what encode gives, in order', async (threads) => {
  const ids = await encodeBatch(gpt2(), texts, { threads });
  expect(ids).toHaveLength(texts.length);
  for (const [i, each] of ids.entries()) expect([...each]).toEqual(gpt2().encode(texts[i]));
});

test('batches may overlap, and be empty', async () => {
  const batches = await Promise.all([
    encodeBatch(gpt2(), texts),
    encodeBatch(gpt2(), texts.slice(1)),
    encodeBatch(gpt2(), []),
    encodeBatch(gpt2(), ['', 'a']),
  ]);
  expect(batches[1]).toEqual(batches[0].slice(1));
  expect(batches[2]).toEqual([]);
  expect(batches[3]).toEqual([new Int32Array(0), Int32Array.of(64)]);
});

test('options reach the workers', async () => {
  const special = texts.map((text) => `${text}<|endoftext|>`);
  const ids = await encodeBatch(gpt2(), special, { threads: 2, allowedSpecial: 'all' });
  expect(ids.every((each) => each.at(-1) === 50256)).toBe(true);
});

test('a text that is refused in a worker is refused as encode refuses it', async () => {
  const char = CharTokenizer.fromText(texts.join(''));
  const encoding = encodeBatch(char, [...texts, '1§'], { threads: 2 });
  await expect(encoding).rejects.toThrow(UnknownCharacterError);
  await expect(encoding).rejects.toMatchObject({ character: '§' });
  const ids = await encodeBatch(char, texts, { threads: 2 }); // the workers live on
  expect(ids.map((each) => each.length)).toEqual(texts.map((text) => [...text].length));
});

test('an option that cannot be sent is an error, and the workers live on', async () => {
  const options = { threads: 2, onProgress: () => undefined };
  await expect(encodeBatch(gpt2(), texts, options)).rejects.toThrow('could not be cloned');
  expect(await encodeBatch(gpt2(), texts, { threads: 2 })).toHaveLength(texts.length);
});

test('a program ends when its batches are done', () => {
  const script = `
    import { encodeBatch } from '@gpt-ts/tokenizer/batch';
    import { gpt2 } from '@gpt-ts/tokenizer/gpt2';
    const ids = await encodeBatch(gpt2(), Array(10).fill('a word '.repeat(20_000)), { threads: 2 });
    console.log(ids.length);`;
  const { pathname } = new URL('..', import.meta.url);
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: pathname });
  expect(`${printed}`).toBe('10\n');
});

test('refuses a number of threads that makes no sense', async () => {
  for (const threads of [0, 1.5, 65, Number.NaN]) {
    await expect(encodeBatch(gpt2(), [], { threads })).rejects.toThrow(InvalidArgumentError);
  }
});
