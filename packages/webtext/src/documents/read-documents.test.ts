import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { newFolder, writeJsonl } from '../../test/support/corpus-files.js';
import { openDuckDb } from '../stage/duck-db.js';
import { END_OF_TEXT } from '../write-corpus.js';
import { numberedDocuments, readDocuments } from './read-documents.js';

async function textsOf(path: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of readDocuments(path)) texts.push(text);
  return texts;
}

test('JSON lines, Parquet and plain text give the same documents', async () => {
  const folder = newFolder();
  const texts = ['One.', 'Two\n\nlines, and é.', 'Three "quoted".'];
  const jsonl = writeJsonl(
    folder,
    'd.jsonl',
    texts.map((text) => ({ text })),
  );
  const parquet = join(folder, 'd.parquet');
  using db = await openDuckDb();
  await db.run(`copy (select text from read_json('${jsonl}')) to '${parquet}' (format parquet)`);
  const plain = `\n${texts.join(`\n${END_OF_TEXT}\n`)}${END_OF_TEXT}\n${END_OF_TEXT}`;
  writeFileSync(join(folder, 'd.txt'), plain);
  writeFileSync(join(folder, 'd.txt.gz'), gzipSync(plain));
  for (const name of ['d.jsonl', 'd.parquet', 'd.txt', 'd.txt.gz']) {
    expect(await textsOf(join(folder, name))).toEqual(texts);
  }
});

test('a separator is found wherever the file is cut to be read', async () => {
  const path = join(newFolder(), 'long.txt');
  for (let before = 2 ** 20 - END_OF_TEXT.length - 1; before <= 2 ** 20 + 1; before++) {
    writeFileSync(path, `${'x'.repeat(before)}${END_OF_TEXT}é`);
    expect((await textsOf(path)).map(({ length }) => length)).toEqual([before, 1]);
  }
});

test('documents of several files are numbered through, and the share read ends at 1', async () => {
  const folder = newFolder();
  const paths = [0, 1].map((i) => writeJsonl(folder, `${i}.jsonl`, [{ text: `a${i}` }, { text: `b${i}` }]));
  const seen: unknown[] = [];
  let share = 0;
  for await (const [n, { text }] of numberedDocuments(paths, { onShare: (s) => (share = s) }))
    seen.push([n, text]);
  expect(seen).toEqual([[0, 'a0'], [1, 'b0'], [2, 'a1'], [3, 'b1']]); // biome-ignore format: a table
  expect(share).toBe(1);
});

test('a file that is not there is named', async () => {
  await expect(textsOf('/no/such.txt')).rejects.toThrow('/no/such.txt: does not exist.');
});
