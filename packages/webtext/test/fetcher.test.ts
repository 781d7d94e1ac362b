import { createServer } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPage } from '../src/fetch/page.js';
import { Fetcher, type FetcherOptions } from '../src/index.js';
import { html, type LocalWeb, pagesSite, type Site, startLocalWeb } from './support/local-web.js';

const FAST: FetcherOptions = { delayMs: 0, timeoutMs: 2000, maxBytes: 100_000, retries: 0, backOffMs: 1 };
const forever = new AbortController().signal;

const get = (web: LocalWeb, address: string, options: FetcherOptions = {}) =>
  new Fetcher({ ...FAST, network: web.network, ...options }, forever).page(
    address.replace('PORT', `${web.port}`),
  );

/** The reason why a page is not had. */
const reason = (page: Promise<unknown>) =>
  page.then(
    () => 'had',
    (error) => error.reason ?? error,
  );

test('a page comes through every encoding, after redirects', async () => {
  const text = '<p>hello</p>';
  await using web = await startLocalWeb(() =>
    pagesSite({
      '/plain': html(text),
      '/gzip': html(gzipSync(text), { 'content-encoding': 'gzip' }),
      '/br': html(brotliCompressSync(text), { 'content-encoding': 'br' }),
      '/deflate': html(deflateSync(text), { 'content-encoding': 'deflate' }),
      '/raw': html(deflateRawSync(text), { 'content-encoding': 'deflate' }),
      '/moved': (_, response) =>
        response.writeHead(301, { location: '//b.test:PORT/plain#x'.replace('PORT', `${web.port}`) }).end(),
    }),
  );
  for (const path of ['plain', 'gzip', 'br', 'deflate', 'raw', 'moved']) {
    const page = await get(web, `http://a.test:PORT/${path}`);
    expect(readPage(page).content).toBe(text);
    expect(page.url).toBe(
      `http://${path === 'moved' ? 'b' : 'a'}.test:${web.port}/${path === 'moved' ? 'plain' : path}`,
    );
  }
  expect(web.asked.filter((each) => each === 'a.test/robots.txt')).toHaveLength(6); // a fetcher each
});

const endless: Site = (_, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(10_000)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

test('what a server does wrong ends in time, with its reason', async () => {
  let failures = 0;
  const pages: Record<string, Site> = {
    '/bomb': html(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }), // 48 kB on the way
    '/endless': endless,
    '/long': html('', { 'content-length': '100001' }),
    '/silent': () => {},
    '/drip': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    },
    '/broken': (request) => request.socket.destroy(),
    '/half': (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100' });
      response.write('half', () => response.socket?.destroy());
    },
    '/garbage': (request) => request.socket.end('no HTTP at all\r\n\r\n'),
    '/headers': (_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end(),
    '/bad-gzip': html('not gzip', { 'content-encoding': 'gzip' }),
    '/unknown': html('x', { 'content-encoding': 'zpaq' }),
    '/picture': html('x', { 'content-type': 'image/png' }),
    '/loop': (_, response) => response.writeHead(302, { location: '/loop' }).end(),
    '/nowhere': (_, response) => response.writeHead(302).end(),
    '/file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/gone': (_, response) => response.writeHead(410).end(),
    '/often': (_, response) =>
      response.writeHead(++failures < 3 ? 503 : 200, { 'content-type': 'text/html' }).end('x'),
  };
  await using web = await startLocalWeb(() => pagesSite(pages));
  const begin = performance.now();
  const reasons: Record<string, string> = {};
  await Promise.all(
    Object.keys(pages).map(
      async (path) => (reasons[path] = await reason(get(web, `http://a.test:PORT${path}`))),
    ),
  );
  expect(reasons).toEqual({
    '/bomb': 'too-big',
    '/endless': 'too-big',
    '/long': 'too-big',
    '/silent': 'timeout',
    '/drip': 'timeout',
    '/broken': 'connection',
    '/half': 'connection',
    '/garbage': 'bad-response',
    '/headers': 'bad-response',
    '/bad-gzip': 'bad-response',
    '/unknown': 'bad-response',
    '/picture': 'content-type',
    '/loop': 'too-many-redirects',
    '/nowhere': 'bad-redirect',
    '/file': 'bad-redirect',
    '/gone': 'http-410',
    '/often': 'http-503',
  });
  expect(performance.now() - begin).toBeLessThan(30_000); // 3 s on a quiet machine
  expect(await reason(get(web, 'http://a.test:PORT/often', { retries: 2 }))).toBe('had');
});

test('robots.txt is followed, on every host of a redirect, and silence is a no', async () => {
  const rules =
    'User-agent: *\nDisallow: /\n\nUser-agent: gpt-ts-webtext\nDisallow: /private\nCrawl-delay: 0.3\n';
  await using web = await startLocalWeb((host) =>
    pagesSite({
      ...(host === 'some.test' && { '/robots.txt': html(rules, { 'content-type': 'text/plain' }) }),
      ...(host === 'down.test' && { '/robots.txt': (_, response) => response.writeHead(500).end() }),
      '/': html('x'),
      '/private/x': html('x'),
      '/to-private': (_, response) =>
        response.writeHead(302, { location: `http://some.test:${web.port}/private/x` }).end(),
    }),
  );
  const fetcher = new Fetcher({ ...FAST, network: web.network }, forever);
  const begin = performance.now();
  const reasons = await Promise.all(
    ['some.test', 'some.test', 'down.test', 'free.test', 'free.test'].map((host, i) =>
      reason(fetcher.page(`http://${host}:${web.port}${['/', '/private/x', '/', '/', '/to-private'][i]}`)),
    ),
  );
  expect(reasons).toEqual(['had', 'robots', 'robots-unreachable', 'had', 'robots']);
  await fetcher.page(`http://some.test:${web.port}/`);
  expect(performance.now() - begin).toBeGreaterThan(550); // two pauses of 0.3 s
  expect(web.asked.filter((each) => each.includes('private/'))).toEqual([]);
  expect(Math.max(...web.atOnce.values())).toBe(1);
});

test('no way leads to a private address', async () => {
  let hits = 0;
  const inner = createServer((_, response) => {
    hits++;
    response.end('secret');
  });
  await new Promise<void>((resolve) => inner.listen(0, '127.0.0.2', resolve));
  const { port } = inner.address() as { port: number };
  const to =
    (location: string): Site =>
    (_, response) =>
      response.writeHead(302, { location }).end();
  await using web = await startLocalWeb(() =>
    pagesSite({
      '/ip': to(`http://127.0.0.2:${port}/`),
      '/number': to(`http://2130706434:${port}/`),
      '/mapped': to(`http://[::ffff:127.0.0.2]:${port}/`),
      '/name': to(`http://inner.test:${port}/`),
      '/metadata': to('http://169.254.169.254/latest/meta-data/'),
    }),
  );
  const addresses: Record<string, string[]> = {
    'inner.test': ['127.0.0.2'],
    'mixed.test': ['127.0.0.1', '10.0.0.1'],
    'turning.test': ['127.0.0.1'],
  };
  const network = {
    ...web.network,
    async resolve(host: string) {
      const found = addresses[host] ?? ['127.0.0.1'];
      if (host === 'turning.test') addresses[host] = ['127.0.0.2']; // another address for who asks twice
      return found.map((address) => ({ address, family: 4 }));
    },
  };
  try {
    for (const path of ['ip', 'number', 'mapped', 'name', 'metadata']) {
      expect(await reason(get(web, `http://a.test:PORT/${path}`, { network })), path).toBe('private-address');
    }
    expect(await reason(get(web, 'http://mixed.test:PORT/', { network }))).toBe('private-address');
    expect(await reason(get(web, `http://turning.test:${port}/`, { network }))).toMatch(
      /private-address|robots-unre/,
    );
    // And with the real rules, this machine's own server:
    const strict = { network: undefined };
    for (const host of [
      '127.0.0.1',
      '127.1',
      '0x7f000001',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
    ]) {
      expect(await reason(get(web, `http://${host}:PORT/`, strict)), host).toBe('private-address');
    }
    expect(hits).toBe(0);
  } finally {
    inner.close();
  }
});

test('a stop ends what is under way', async () => {
  await using web = await startLocalWeb(() => pagesSite({ '/': () => {} }));
  const controller = new AbortController();
  const fetcher = new Fetcher({ ...FAST, timeoutMs: 60_000, network: web.network }, controller.signal);
  const page = fetcher.page(`http://a.test:${web.port}/`);
  setTimeout(() => controller.abort(), 100);
  await expect(page).rejects.toMatchObject({ name: 'AbortError' });
});
