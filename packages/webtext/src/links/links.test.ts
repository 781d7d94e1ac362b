import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { openInput } from '../stage/open-input.js';
import { readRecords } from '../stage/read-records.js';
import { runPipeline } from '../stage/run-pipeline.js';
import { linksStage } from './links-stage.js';
import { normaliseUrl } from './normalise-url.js';
import { readSubmissions } from './read-submissions.js';
import { unescapeHtml } from './unescape-html.js';
import { urlsStage } from './urls-stage.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'gpt-ts-links-'));
async function from<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

const hasZstd = (() => {
  try {
    execFileSync('zstd', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

test('character references go, however often they were escaped', () => {
  expect(unescapeHtml('?a=1&amp;amp;amp;b=2&#38;c&#x26;d')).toBe('?a=1&b=2&c&d');
  expect(unescapeHtml('&copy;&#0;&#xD800;&#x110000;&')).toBe('&copy;&#0;&#xD800;&#x110000;&');
});

test.each([
  [
    'HTTP://user:pw@WWW.Example.com:80/a/?utm_source=x&b=%20+1&UTM_m=y#top',
    'http://www.example.com/a/?b=%20+1',
    'example.com/a?b=%20+1',
  ],
  ['https://example.com:443', 'https://example.com/', 'example.com'],
  ['http://example.com.:8080/?', 'http://example.com:8080/', 'example.com:8080'],
  ['http://例え.jp/あ?fbclid=1', 'http://xn--r8jz45g.jp/%E3%81%82', 'xn--r8jz45g.jp/%E3%81%82'],
  ['http://2130706433/x', 'http://127.0.0.1/x', '127.0.0.1/x'], // refused when it is fetched
])('%s is fetched as %s', (text, url, key) => {
  expect(normaliseUrl(text)).toMatchObject({ url, key });
});

test('what is no web address is told', () => {
  expect(normaliseUrl('mailto:a@b.c')).toBe('not-http');
  for (const bad of [
    '/r/books',
    'http://',
    'http://localhost/',
    `http://a.b/${'x'.repeat(2048)}`,
    'http://a.b:99999/',
  ]) {
    expect(normaliseUrl(bad), bad.slice(0, 20)).toBe('bad-url');
  }
});

const post = (id: string, url: string, more = {}) => ({
  id,
  url,
  title: 'T &amp; t',
  subreddit: 'science',
  score: 3,
  created_utc: 1_500_000_000,
  is_self: false,
  over_18: false,
  ...more,
});

test('each submission is taken, or left with its reason; a page is taken once', async () => {
  const folder = newFolder();
  const posts = [
    post('a', 'http://a.org/x'),
    post('b', 'https://www.a.org/x/?utm_source=r#c', { score: 9, created_utc: 1_500_000_001 }),
    post('c', 'http://a.org/x', { score: 9, created_utc: 1_500_000_002 }),
    post('d', 'http://b.org/?q=1&amp;r=2'),
    post('e', 'http://self.x', { is_self: true }),
    post('f', ''),
    post('g', 'http://c.org/', { score: 2 }),
    post('h', 'http://c.org/', { created_utc: Date.UTC(2018, 0, 1) / 1000 }),
    post('i', 'http://c.org/last', { created_utc: Date.UTC(2018, 0, 1) / 1000 - 1 }),
    post('j', 'http://c.org/', { over_18: true }),
    post('k', 'http://c.org/', { subreddit: 'Gore' }),
    post('l', 'ftp://c.org/'),
    post('m', 'no address'),
    post('n', 'http://EN.m.wikipedia.org/wiki/X'),
    post('o', 'http://i.imgur.com/x'),
    post('p', 'http://notimgur.com/'),
    post('q', 'http://c.org/x.PDF?a=1'),
    { id: 'r', url: 'http://c.org/' },
  ];
  const file = join(folder, 'posts.jsonl');
  writeFileSync(file, `${posts.map((each) => JSON.stringify(each)).join('\n')}\n[]\n{"id":"cut`);
  const stages = [linksStage({ blockedSubreddits: ['gore'] }), urlsStage()];
  const [links, urls] = await runPipeline(stages, { folder: join(folder, 'run'), inputs: [file] });
  expect(links.counts).toEqual({
    in: 20,
    out: 6,
    dropped: {
      'bad-record': 3,
      'bad-url': 1,
      domain: 1,
      'low-karma': 1,
      media: 1,
      'no-url': 1,
      'not-http': 1,
      'over-18': 1,
      'self-post': 1,
      subreddit: 1,
      'too-late': 1,
      wikipedia: 1,
    },
  });
  expect(urls.counts).toEqual({ in: 6, out: 4, dropped: { 'duplicate-url': 2 } });
  const [kept, dropped] = await Promise.all(
    ['part-00000-000.jsonl', 'dropped-00000.jsonl'].map((name) =>
      from(readRecords(join(folder, 'run/urls', name))),
    ),
  );
  expect(kept.map(({ id }) => id)).toEqual(['d', 'p', 'b', 'i']);
  expect(kept[0]).toEqual({
    id: 'd',
    url: 'http://b.org/?q=1&r=2',
    title: 'T & t',
    subreddit: 'science',
    score: 3,
    created: 1_500_000_000,
  });
  expect(dropped.map(({ id, kept }) => `${id} for ${kept}`)).toEqual(['a for b', 'c for b']);
});

test('the last day may be given; what is no day is refused', () => {
  expect(() => linksStage({ until: '2016-02-29' })).not.toThrow();
  for (const until of ['2017', '2017-13', '2017-02-29', 'soon']) {
    expect(() => linksStage({ until }), until).toThrow(/until must be a month or a day/);
  }
});

test('a CSV file is read like JSON lines, quotes, line ends and odd lines included', async () => {
  const folder = newFolder();
  const csv =
    'id,score,created_utc,title,url,is_self,permalink\r\n' +
    'a,5,1300000000.0,"one, ""two""\nthree",http://a.org/,False,/r/books/comments/a\r\n' +
    'b,5\r\n' +
    'c,7,1300000000,t,http://b.org/,True,\r\n' +
    'd,"5,1300000000,open';
  const file = join(folder, 'posts.csv.gz');
  writeFileSync(file, zlib.gzipSync(csv));
  const records = await from(readSubmissions(file));
  expect(records).toHaveLength(4);
  expect(records[0]).toMatchObject({ title: 'one, "two"\nthree', permalink: '/r/books/comments/a' });
  expect([records[1], records[3]]).toEqual([undefined, undefined]);
  const [{ counts, parts }] = await runPipeline([linksStage()], { folder, inputs: [file] });
  expect(counts).toEqual({ in: 4, out: 1, dropped: { 'bad-record': 2, 'self-post': 1 } });
  const [link] = await from(readRecords(join(folder, 'links', parts[0].name)));
  expect(link).toMatchObject({ subreddit: 'books', score: 5, created: 1_300_000_000 });
});

test.skipIf(!hasZstd).each([10, 27, 31])(
  'Zstandard with a window of 2^%d is read',
  { timeout: 120_000 },
  async (log) => {
    const folder = newFolder();
    const file = join(folder, 'posts.jsonl');
    const posts = Array.from({ length: 2000 }, (_, i) => post(`x${i}`, `http://a.org/${i}`));
    writeFileSync(file, posts.map((each) => `${JSON.stringify(each)}\n`).join(''));
    // From a pipe, so that the window is not made smaller to fit the file.
    execFileSync('sh', [
      '-c',
      `cat ${file} | zstd -q ${log === 10 ? '' : `--ultra --long=${log}`} -o ${file}.zst`,
    ]);
    expect(await from(readSubmissions(`${file}.zst`))).toEqual(posts);
  },
);

test('damaged and missing files are told by name', async () => {
  const folder = newFolder();
  const cut = join(folder, 'cut.jsonl.gz');
  writeFileSync(cut, zlib.gzipSync('x'.repeat(1000)).subarray(0, 15));
  await expect(from(openInput(cut))).rejects.toThrow(/cut\.jsonl\.gz: is cut short or damaged/);
  const noZstd = join(folder, 'no.jsonl.zst');
  writeFileSync(noZstd, 'no zstd');
  await expect(from(openInput(noZstd))).rejects.toThrow(/no\.jsonl\.zst/);
  await expect(from(openInput(join(folder, 'none.jsonl')))).rejects.toThrow(/none\.jsonl: does not exist/);
});

test.skipIf('createZstdDecompress' in zlib)(
  'without the program zstd the error says what to install',
  async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      const file = join(newFolder(), 'x.zst');
      writeFileSync(file, 'x');
      await expect(from(openInput(file))).rejects.toThrow(/Install the program zstd/);
    } finally {
      process.env.PATH = path;
    }
  },
);
