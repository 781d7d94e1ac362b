import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readWarc } from './read-warc.js';
import { pageFiles, readPageFile, type SavedPage } from './saved-pages.js';

const MAX = 10_000;

function record(type: string, url: string, block: string | Uint8Array, length?: number): Buffer {
  const bytes = Buffer.from(block);
  const head = `WARC/1.0\r\nWARC-Type: ${type}\r\nwarc-target-uri: ${url}\r\nContent-Type: text/html\r\nContent-Length: ${length ?? bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n\r\n')]);
}

const answer = (head: string, body: string | Uint8Array = '') =>
  Buffer.concat([Buffer.from(`HTTP/1.1 ${head}\r\n\r\n`), Buffer.from(body)]);

function warc(name: string, bytes: Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'gpt-ts-warc-')), name);
  writeFileSync(path, bytes);
  return path;
}

async function all(pages: AsyncIterable<SavedPage>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const page of pages) {
    if ('problem' in page) found.push([page.url, page.problem.reason]);
    else
      found.push([page.url, page.status, page.contentType, page.location, Buffer.from(page.body).toString()]);
  }
  return found;
}

const records = [
  record('warcinfo', '', 'software: test'),
  record('request', 'http://a.org/', 'GET / HTTP/1.1\r\n\r\n'),
  record('response', 'http://a.org/', answer('200 OK\r\nContent-Type: text/html', 'hello')),
  record(
    'response',
    '<http://a.org/chunks>',
    answer('200 OK\r\nTransfer-Encoding: chunked', '3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n'),
  ),
  record('response', 'http://a.org/joined', answer('200 OK\r\nTransfer-Encoding: chunked', 'hello')),
  record(
    'response',
    'http://a.org/gzip',
    answer('200\r\nContent-Encoding: gzip\r\nContent-Length: 3', gzipSync('hello')),
  ),
  record('response', 'http://a.org/moved', answer('301 Moved\nLocation: /new')),
  record('resource', 'https://b.org/', 'hello'),
  record(
    'response',
    'http://a.org/bomb',
    answer('200 OK\r\nContent-Encoding: gzip', gzipSync(Buffer.alloc(1_000_000))),
  ),
  record('response', 'http://a.org/big', answer('200 OK', 'x'.repeat(MAX))),
  record('response', 'http://a.org/odd', 'no HTTP'),
  record('response', 'dns:a.org', '1.2.3.4'),
];
const expected = [
  ['http://a.org/', 200, 'text/html', undefined, 'hello'],
  ['http://a.org/chunks', 200, '', undefined, 'hello'],
  ['http://a.org/joined', 200, '', undefined, 'hello'],
  ['http://a.org/gzip', 200, '', undefined, 'hello'],
  ['http://a.org/moved', 301, '', '/new', ''],
  ['https://b.org/', 200, 'text/html', undefined, 'hello'],
  ['http://a.org/bomb', 'too-big'],
  ['http://a.org/big', 'too-big'],
  ['http://a.org/odd', 'bad-response'],
];

test('an archive gives its answers, packed record by record, whole or not at all', async () => {
  expect(await all(readWarc(warc('a.warc', Buffer.concat(records)), MAX))).toEqual(expected);
  const members = Buffer.concat(records.map((each) => gzipSync(each)));
  expect(await all(readWarc(warc('a.warc.gz', members), MAX))).toEqual(expected);
});

test('an archive that is cut at any byte ends with its name or with whole records', async () => {
  const bytes = Buffer.concat(records.slice(2, 5));
  for (let end = 0; end < bytes.length; end += 7) {
    const path = warc('cut.warc', bytes.subarray(0, end));
    const found = await all(readWarc(path, MAX)).catch((error) => {
      expect(error.message).toMatch(/cut\.warc: /);
      return [];
    });
    expect(expected.slice(0, found.length)).toEqual(found);
  }
});

test.each([
  ['another file', Buffer.from('<html>')],
  ['a line without end', Buffer.alloc(100_000, 'WARC/1.0')],
  ['headers without end', Buffer.from(`WARC/1.0\r\n${'a: b\r\n'.repeat(1000)}`)],
  ['no length', Buffer.from('WARC/1.0\r\na: b\r\n\r\n')],
  ['a length below zero', record('response', 'http://a.org/', '', -1)],
  ['a length past the end', record('response', 'http://a.org/', 'x', 9999)],
  ['a length past all sense', record('response', 'http://a.org/', 'x', 1e300)],
])('%s is refused', async (_, bytes) => {
  await expect(all(readWarc(warc('bad.warc', bytes), MAX))).rejects.toThrow(/bad\.warc: /);
});

test('a folder of pages is a mirror, or what its index says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-pages-'));
  mkdirSync(join(folder, 'a.org/b'), { recursive: true });
  writeFileSync(join(folder, 'a.org/b/index.html'), 'one');
  writeFileSync(join(folder, 'a.org/b?c=1'), 'two');
  writeFileSync(join(folder, 'x.warc'), record('resource', 'http://w.org/', 'three'));
  const read = async () => {
    const found: unknown[] = [];
    for (const file of await pageFiles([folder])) found.push(...(await all(readPageFile(file, MAX, {}))));
    return found.map((each) => (each as string[])[0]);
  };
  expect(await read()).toEqual(['http://a.org/b/', 'http://a.org/b?c=1', 'http://w.org/']);
  writeFileSync(
    join(folder, 'index.jsonl'),
    '{"url":"http://z.org/","file":"a.org/b?c=1"}\n{"url":"http://y.org/","file":"../../etc/passwd"}\n',
  );
  expect(await read()).toEqual(['http://z.org/', 'http://w.org/']);
  await expect(pageFiles([join(folder, 'none')])).rejects.toThrow(/none: does not exist/);
});
