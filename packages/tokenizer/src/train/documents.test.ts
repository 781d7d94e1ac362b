import { InvalidArgumentError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { type Documents, readDocuments } from './documents.js';

async function read(text: Documents): Promise<string[]> {
  const documents = [''];
  await readDocuments(
    text,
    (part, last) => {
      documents[documents.length - 1] += part;
      if (last) documents.push('');
    },
    () => undefined,
  );
  expect(documents.pop()).toBe(''); // every document ended
  return documents;
}

async function* stream<T>(...parts: T[]): AsyncGenerator<T> {
  yield* parts;
}

test('reads strings, streams and sources of both', async () => {
  expect(await read('abc')).toEqual(['abc']);
  expect(await read('')).toEqual(['']);
  expect(await read([])).toEqual([]);
  expect(await read(['a', stream('b', '', 'c'), stream()])).toEqual(['a', 'bc', '']);
  expect(await read(stream('a', 'b'))).toEqual(['a', 'b']); // documents, not parts
  expect(await read(stream(stream('a', 'b'), stream('c')))).toEqual(['ab', 'c']);
});

test('cuts long strings and loses nothing', async () => {
  const text = '0123456789'.repeat(100_000);
  expect(await read([text, stream(text, 'end')])).toEqual([text, `${text}end`]);
});

test('refuses what is no text, and says why bytes come', async () => {
  const bytes = Uint8Array.of(97);
  const wrong: unknown[] = [[7], [undefined], [bytes], [stream(bytes)], [stream(7)]];
  for (const text of wrong) {
    await expect(read(text as Documents)).rejects.toThrow(InvalidArgumentError);
  }
  await expect(read([stream(bytes)] as unknown as Documents)).rejects.toThrow(
    "createReadStream(path, 'utf8')",
  );
});

test('closes the streams when the reader throws', async () => {
  const closed: string[] = [];
  async function* parts() {
    try {
      for (;;) yield 'part';
    } finally {
      closed.push('parts');
    }
  }
  function* documents() {
    try {
      for (;;) yield parts();
    } finally {
      closed.push('documents');
    }
  }
  const stop = (): Promise<void> => Promise.reject(new Error('enough'));
  await expect(readDocuments(documents(), () => {}, stop)).rejects.toThrow('enough');
  expect(closed).toEqual(['parts', 'documents']);
});
