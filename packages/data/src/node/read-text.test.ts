import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isGptError } from '@gpt-ts/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readText } from './read-text.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpt-ts-data-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Writes a file and reads it as text. */
async function roundTrip(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'file.txt');
  await writeFile(path, content);
  return readText(path);
}

describe('readText', () => {
  test('gives the text exactly, line endings included', async () => {
    const text = 'One day,\r\na fox met an owl.\n\tWünsche, 愛, 🦊\n';
    expect(await roundTrip(text)).toBe(text);
  });

  test('drops a byte order mark', async () => {
    expect(await roundTrip('\ufeffHello')).toBe('Hello');
  });

  test.each([
    ['an empty file', '', /: is empty\. Give a file with text in it\.$/],
    ['a byte order mark alone', '\ufeff', /: is empty\./],
    [
      'a zero byte',
      'ab\0c',
      /: has a zero byte at offset 2, so it is not UTF-8 text\. Give a plain text file\./,
    ],
    ['Latin-1', Uint8Array.of(0x61, 0xe9, 0x62), /: is not valid UTF-8 at byte offset 1\. Save it as UTF-8/],
    ['a character cut off at the end', Uint8Array.of(0x61, 0xc3), /: is not valid UTF-8 at byte offset 1\./],
    ['a stray byte', Uint8Array.of(0x61, 0x62, 0xff, 0x63), /: is not valid UTF-8 at byte offset 2\./],
  ])('refuses %s', async (_, content, message) => {
    await expect(roundTrip(content)).rejects.toThrow(message);
  });

  test('finds the bad byte far into a file', async () => {
    const bytes = new TextEncoder().encode('é'.repeat(100_000));
    bytes[123_456] = 0xff;
    await expect(roundTrip(bytes)).rejects.toThrow('at byte offset 123456.');
  });

  test('refuses a file over 512 MiB without reading it', async () => {
    const path = join(folder, 'large.txt');
    await writeFile(path, '');
    await truncate(path, 600 * 2 ** 20); // sparse: takes no room on disk
    await expect(readText(path)).rejects.toThrow('has 629145600 bytes, more than the 512 MiB');
  });

  test('says when there is no file, or a folder', async () => {
    const missing = join(folder, 'missing.txt');
    await expect(readText(missing)).rejects.toThrow(`${missing}: does not exist.`);
    await expect(readText(folder)).rejects.toThrow(`${folder}: is a folder, not a text file.`);
    const error = await readText(missing).catch((reason: unknown) => reason);
    expect(isGptError(error) && error.code).toBe('invalid-file');
  });
});
