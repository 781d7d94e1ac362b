import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, writeJsonl } from '../../test/support/corpus-files.js';
import { corpusFiles } from './corpus-files.js';
import { readDocuments } from './read-documents.js';
import { writeParquet, writePlainText } from './write-documents.js';

test('what is written is read again, with all fields in Parquet', async () => {
  const folder = newFolder();
  const records = [0, 1, 2].map((id) => ({ id, text: `Text ${id},\nwith é and "quotes".`, url: `u${id}` }));
  const parts = [
    writeJsonl(folder, 'p0.jsonl', records.slice(0, 2)),
    writeJsonl(folder, 'p1.jsonl', records.slice(2)),
  ];
  const out = join(folder, 'out');
  mkdirSync(out);
  await writePlainText(parts, join(out, 'd.txt'));
  await writeParquet(parts, join(out, 'd.parquet'));
  await writeParquet([], join(out, 'none.parquet'));
  const read = async (name: string) => {
    const all: object[] = [];
    for await (const document of readDocuments(join(out, name))) all.push(document);
    return all;
  };
  expect(await read('d.txt')).toEqual(records.map(({ text }) => ({ text })));
  expect(await read('d.parquet')).toEqual(records.map((record) => ({ ...record, id: expect.anything() })));
  expect(await read('none.parquet')).toEqual([]);
  expect(readdirSync(out).sort()).toEqual(['d.parquet', 'd.txt', 'none.parquet']);
});

test('a text cannot end itself', async () => {
  const folder = newFolder();
  const part = writeJsonl(folder, 'p.jsonl', [{ text: 'a<|endoftext|>b' }, { text: 'c' }]);
  const path = join(folder, 'd.txt');
  await writePlainText([part], path);
  const texts: string[] = [];
  for await (const { text } of readDocuments(path)) texts.push(text);
  expect(texts).toEqual(['a<| endoftext |>b', 'c']);
});

test('a folder stands for the files of documents in it', async () => {
  const folder = newFolder();
  for (const name of ['b.txt', 'a.jsonl.gz', 'README.md', 'manifest.json', 'c.parquet']) {
    writeFileSync(join(folder, name), '');
  }
  const names = ['a.jsonl.gz', 'b.txt', 'c.parquet'].map((name) => join(folder, name));
  expect(await corpusFiles([names[1], folder])).toEqual([names[1], ...names]);
  await expect(corpusFiles([join(folder, 'README.md')])).rejects.toThrow('must be .jsonl or .txt');
  await expect(corpusFiles([join(folder, 'none')])).rejects.toThrow('does not exist');
  await expect(corpusFiles([newFolder()])).rejects.toThrow('has no file .jsonl');
});
