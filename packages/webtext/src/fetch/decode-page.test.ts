import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodePage } from './decode-page.js';

const encode = (text: string, charset: string) => iconv.encode(text, charset);
const RUSSIAN =
  'Он сказал, что это было не так, как все думали, и что она не могла не знать об этом. '.repeat(5);

test.each([
  [
    'a byte order mark first',
    encode('\ufeffnaïve', 'utf-16le'),
    'text/html; charset=latin1',
    'utf-16le',
    'naïve',
  ],
  [
    'the content type',
    encode('“café”', 'windows-1252'),
    'text/html; charset="ISO-8859-1"',
    'windows-1252',
    '“café”',
  ],
  [
    'a meta element',
    encode(`<meta charset=koi8-r>${RUSSIAN}`, 'koi8-r'),
    'text/html',
    'koi8-r',
    `<meta charset=koi8-r>${RUSSIAN}`,
  ],
  ['UTF-8 that says nothing', encode('naïve ✓', 'utf-8'), '', 'utf-8', 'naïve ✓'],
  ['what it looks like', encode(RUSSIAN, 'windows-1251'), 'text/html', 'windows-1251', RUSSIAN],
  ['an unknown name passed over', encode('naïve', 'utf-8'), 'text/html; charset=x-made-up', 'utf-8', 'naïve'],
  [
    'a wrong name passed over',
    encode(RUSSIAN, 'windows-1251'),
    'text/html; charset=utf-8',
    'windows-1251',
    RUSSIAN,
  ],
])('%s', (_, bytes, contentType, charset, content) => {
  expect(decodePage(bytes, contentType)).toEqual({ charset, content });
});

test('what is no text is told', () => {
  expect(() => decodePage(Buffer.from([60, 0, 1, 2]), 'text/html')).toThrow(/not-text/);
  const noise = Uint8Array.from({ length: 5000 }, (_, i) => ((i * 7919) % 255) + 1);
  expect(() => decodePage(noise, 'text/html')).toThrow(/bad-charset/);
  expect(decodePage(new Uint8Array(), '')).toEqual({ charset: 'utf-8', content: '' });
});
