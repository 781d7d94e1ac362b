import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { blockText } from './block-text.js';
import { ExtractPool } from './extract-pool.js';
import { extractText } from './extract-text.js';
import { depthOf, measureMarkup } from './measure-markup.js';

const LIMITS = { maxTags: 1000, maxDepth: 1000 };
const bodyOf = (html: string) => parseHTML(`<html><body>${html}</body></html>`).document.body;
const PARAGRAPH = `<p>${'A sentence of several words, with a comma. '.repeat(10)}</p>`;

test('text is what a reader sees: blocks on lines of their own', () => {
  const html = `
    <h1>A  title</h1> some <b>bold</b>
    text<br>next<script>no()</script><style>no</style>
    <ul><li>one</li><li>two &amp; three</li></ul>
    <table><tr><th>a</th><td> b </td></tr><tr><td>c</td></tr></table>
    <pre>if x:
      y \u0002</pre><div>end&nbsp;</div><!-- no -->`;
  expect(blockText(bodyOf(html))).toBe(
    'A title\n\nsome bold text\nnext\n\none\ntwo & three\n\na\tb\nc\n\nif x:\n      y\n\nend',
  );
});

test('the main text is found, and no navigation', () => {
  const nav = '<nav><a href=/>Home</a> <a href=/b>Other</a></nav>';
  const found = extractText(
    `<title>The page</title>${nav}<article>${PARAGRAPH.repeat(3)}</article><footer>©</footer>`,
  );
  expect(found).toMatchObject({ title: 'The page' });
  expect(typeof found === 'object' && found.text.split('\n\n')).toHaveLength(3);
  expect(extractText('')).toBe('no-text');
  expect(extractText('<frameset></frameset>')).toBe('no-text');
});

test('tags and depth are measured as a parser will see them', () => {
  expect(
    measureMarkup('<div><p>a<p>b<br><img></div><!-- <div><div> --><script>"<div>"</script>', LIMITS),
  ).toEqual({
    tags: 6,
    depth: 1,
  });
  expect(measureMarkup('<div>'.repeat(5000), LIMITS)).toEqual({ tags: 1001, depth: 1001 });
  const { document } = parseHTML('<html><body><i><b>x</b></i><u>y</u></body></html>');
  expect(depthOf(document, 100)).toBe(5); // html body i b and the text
});

test('pages made to be slow are refused at once', () => {
  const begin = performance.now();
  expect(extractText('<div>'.repeat(100_000))).toBe('too-deep');
  expect(extractText(`${'<div>'.repeat(100_000)}${'</div>'.repeat(100_000)}`)).toBe('too-deep');
  expect(extractText('<li><ul>'.repeat(14_000))).toBe('too-deep');
  expect(extractText('<p>x</p>'.repeat(100_000))).toBe('too-many-tags');
  expect(extractText('x'.repeat(5 * 2 ** 20))).toBe('page-too-big');
  expect(performance.now() - begin).toBeLessThan(20_000);
});

test('a page that takes too long, or too much memory, costs a worker and nothing else', {
  timeout: 60_000,
}, async () => {
  const nested = `${'<div class="comment">'.repeat(100)}words, words${'</div>'.repeat(100)}`;
  const slow = `<article>${nested.repeat(290)}</article>`; // 5 s on a quiet machine
  await using pool = new ExtractPool({ threads: 2, timeoutMs: 1000 });
  const good = `<article>${PARAGRAPH.repeat(3)}</article>`;
  const replies = await Promise.all([slow, good, slow, good, good].map((html) => pool.extract(html)));
  expect(replies.map((reply) => (typeof reply === 'string' ? reply : 'text'))).toEqual([
    'too-slow',
    'text',
    'too-slow',
    'text',
    'text',
  ]);
  for (let i = 0; i < 5; i++) expect(typeof (await pool.extract(good))).toBe('object'); // a worker serves again
  await using small = new ExtractPool({ threads: 1, memoryMiB: 8 });
  const big = `<article>${'<p>words, words</p>'.repeat(29_000)}</article>`;
  expect(await small.extract(big)).toBe('too-much-memory');
});
