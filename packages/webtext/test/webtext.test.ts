/** The whole of WebText: real submissions, and real pages from a server of our own that also misbehaves. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect } from 'vitest';
import { buildWebText, type WebTextOptions } from '../src/index.js';
import { html, type LocalWeb, pagesSite, type Site, startLocalWeb } from './support/local-web.js';
import { dataFolder, testWithData } from './support/shared-data.js';

const PAGES = 'web-readability';
const SUBMISSIONS = 'web-reddit-submissions/submissions.jsonl';
const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-webtext-'));
let names: string[] = [];

beforeAll(() => {
  try {
    names = readdirSync(join(dataFolder, PAGES)).filter((name) => name !== 'README.md');
  } catch {
    names = []; // the tests below are skipped
  }
});

const source = (name: string) => readFileSync(join(dataFolder, PAGES, name, 'source.html'));

/** Submissions of our own that point at hosts of our own, in the fields of Reddit's. */
const post = (id: string, url: string) =>
  JSON.stringify({
    id,
    url,
    title: id,
    subreddit: 'test',
    score: 10,
    created_utc: 1_400_000_000,
    is_self: false,
  });

/** The hosts that do wrong, and what becomes of their links. */
const badHosts: Record<string, [Site, string]> = {
  'slow.test': [() => {}, 'robots-unreachable'],
  'slow-page.test': [pagesSite({ '/': () => {} }), 'timeout'],
  'broken.test': [pagesSite({ '/': (request) => request.socket.destroy() }), 'connection'],
  'huge.test': [pagesSite({ '/': html(Buffer.alloc(3_000_000, 'x')) }), 'too-big'],
  'bomb.test': [
    pagesSite({ '/': html(gzipSync(Buffer.alloc(9e7)), { 'content-encoding': 'gzip' }) }),
    'too-big',
  ],
  'forbidden.test': [
    pagesSite({ '/robots.txt': html('User-agent: *\nDisallow: /'), '/': html('x') }),
    'robots',
  ],
  'inner.test': [
    pagesSite({ '/': (_, response) => response.writeHead(302, { location: 'http://127.0.0.9/' }).end() }),
    'private-address',
  ],
  'picture.test': [pagesSite({ '/': html('x', { 'content-type': 'image/png' }) }), 'content-type'],
};

/** Every page has a host; so have a redirect to the first, a copy of it, a deep page and a short one. */
function sites(port: () => number): (host: string) => Site | undefined {
  return (host) => {
    const name = host.replace(/\.pages\.test$/, '');
    if (names.includes(name)) return pagesSite({ '/': html(source(name)) });
    if (host === 'moved.test') {
      const location = () => `http://${names[1]}.pages.test:${port()}/`;
      return pagesSite({ '/': (_, response) => response.writeHead(301, { location: location() }).end() });
    }
    if (host === 'deep.test') return pagesSite({ '/': html('<div>'.repeat(100_000)) });
    if (host === 'short.test') return pagesSite({ '/': html('<html><body><p>Not much.</p></body></html>') });
    return badHosts[host]?.[0];
  };
}

function submissions(web: LocalWeb, extra: string[]): string {
  const path = join(folder, `submissions-${web.port}.jsonl`);
  const own = [...names.map((name) => `${name}.pages.test`), ...extra];
  // The real ones keep their hosts, at our port: every one of their pages is 404 here.
  const real = readFileSync(join(dataFolder, SUBMISSIONS), 'utf8').replace(
    /("url": "https?:\/\/[^/"?#]+)/g,
    `$1:${web.port}`,
  );
  writeFileSync(
    path,
    real + own.map((host, i) => `${post(`own${i}`, `http://${host}:${web.port}/`)}\n`).join(''),
  );
  return path;
}

const FAST = { delayMs: 0, timeoutMs: 15_000, maxBytes: 2_000_000, retries: 0, concurrency: 8 }; // a busy machine is slow

testWithData(
  'real submissions and pages come to exact numbers at each stage',
  [SUBMISSIONS, PAGES],
  async () => {
    let port = 0;
    await using web = await startLocalWeb(sites(() => port));
    port = web.port;
    const extra = ['moved.test', 'deep.test', 'short.test', ...Object.keys(badHosts)];
    const options: WebTextOptions = {
      folder: join(folder, 'run'),
      submissions: [submissions(web, extra)],
      fetch: { ...FAST, network: web.network },
    };
    const { manifests, files } = await buildWebText(options);
    const counts = Object.fromEntries(manifests.map(({ stage, counts }) => [stage, counts]));
    // Counted by a Python program of a few lines (urllib, html) from the same file.
    expect(counts.links).toEqual({
      in: 3189 + 45,
      out: 2015 + 45,
      dropped: { domain: 339, 'low-karma': 217, media: 58, 'self-post': 545, wikipedia: 15 },
    });
    expect(counts.urls).toEqual({ in: 2060, out: 2007 + 45, dropped: { 'duplicate-url': 8 } });
    expect(counts.fetch).toEqual({
      in: 2052,
      out: 34 + 3,
      dropped: {
        connection: 1,
        'content-type': 1,
        'http-404': 2007 - 33,
        'private-address': 1,
        robots: 1,
        'robots-unreachable': 1 + 33, // those with https, which our web does not speak
        timeout: 1,
        'too-big': 2,
      },
    });
    expect(counts.extract).toEqual({ in: 37, out: 36, dropped: { 'too-deep': 1 } });
    // French, German, Japanese, Spanish, and lorem ipsum.
    expect(counts.filter).toEqual({ in: 36, out: 30, dropped: { language: 5, 'too-short': 1 } });
    expect(counts.exact).toEqual({ in: 30, out: 29, dropped: { 'duplicate-text': 1 } });
    expect(counts.dedup).toEqual({ in: 29, out: 29, dropped: {} });

    const dropped = readFileSync(join(folder, 'run/fetch/dropped-00002.jsonl'), 'utf8').trim().split('\n');
    const reasons = new Map(
      dropped.map((line) => [new URL(JSON.parse(line).url).hostname, JSON.parse(line).reason]),
    );
    for (const [host, [, reason]] of Object.entries(badHosts)) expect(reasons.get(host), host).toBe(reason);
    expect(Math.max(...web.atOnce.values())).toBe(1); // one request at a time to a host

    const documents = readFileSync(join(folder, 'run', files[0].name), 'utf8')
      .trim()
      .split('\n');
    expect(documents).toHaveLength(29);
    const text = readFileSync(join(folder, 'run', files[1].name), 'utf8');
    expect(text.split('\n<|endoftext|>\n')).toEqual([...documents.map((line) => JSON.parse(line).text), '']);
    expect(JSON.parse(documents[0])).toMatchObject({
      source: { subreddit: 'test', score: 10, created: 1_400_000_000 },
      lang: 'eng',
    });
    expect(Object.keys(JSON.parse(documents[0]))).toEqual(['id', 'url', 'title', 'text', 'source', 'lang']);
  },
);
