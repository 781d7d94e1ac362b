/** `gpt data webtext`, as a user would run it. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@gpt-ts/core';
import { storyCorpus } from '@gpt-ts/data';
import { beforeAll, expect, test } from 'vitest';
import { gpt, newFolder, startGpt } from './gpt.js';

const TIMEOUT = 300_000;
const PAGES = 300;
const root = newFolder();
const at = (name: string) => join(root, name);
const args = (out: string) => [
  'data',
  'webtext',
  '--submissions',
  at('posts.jsonl'),
  '--pages',
  at('pages'),
  '--out',
  at(out),
];

beforeAll(() => {
  const stories = storyCorpus({ stories: 4 * PAGES }).split('<|endoftext|>');
  const posts: string[] = [];
  for (let i = 0; i < PAGES; i++) {
    const paragraphs = stories.slice(4 * i, 4 * i + 4).map((story) => `<p>${story.trim()}</p>`);
    mkdirSync(join(at('pages'), `s${i}.test`), { recursive: true });
    const page = `<html><head><title>Page ${i}</title></head><body><article>${paragraphs.join('\n')}</article></body></html>`;
    writeFileSync(join(at('pages'), `s${i}.test`, 'index.html'), page);
    const post = {
      id: `p${i}`,
      url: `http://s${i}.test/`,
      title: '',
      subreddit: 's',
      score: i % 10,
      created_utc: 1e9 + i,
    };
    posts.push(JSON.stringify({ ...post, is_self: false, over_18: false }));
  }
  writeFileSync(at('posts.jsonl'), `${posts.join('\n')}\n`);
});

/** The records of every stage, and the files made of them. */
function contents(out: string): Record<string, string> {
  const names = readdirSync(at(out), { recursive: true, encoding: 'utf8' });
  const records = names.filter((name) => /\.(jsonl|txt)$/.test(name)).sort();
  return Object.fromEntries(records.map((name) => [name, readFileSync(join(at(out), name), 'utf8')]));
}

test('pages from disk become documents, with a table of what went where', { timeout: TIMEOUT }, async () => {
  const { code, stdout, stderr } = await gpt(...args('whole'), '--json');
  expect(code, stderr).toBe(0);
  const { stages, files } = JSON.parse(stdout);
  expect(
    stages.map(({ stage, in: before, out }: Record<string, unknown>) => `${stage} ${before} ${out}`),
  ).toEqual([
    'links 300 210', // a score of 3 to 9
    'urls 210 210',
    'pages 210 210',
    'extract 210 210',
    'filter 210 210',
    'exact 210 210',
    'dedup 210 210',
  ]);
  expect(stages[0].dropped).toEqual({ 'low-karma': 90 });
  expect(files.map(({ name }: { name: string }) => name)).toEqual(['documents.jsonl', 'webtext.txt']);
  const again = await gpt(...args('whole'));
  expect(again.stderr).toContain('exact    210 of 210 kept, done before');
  expect(again.stdout).toMatch(
    /^stage +in +kept +dropped\nlinks +300 +210\n +90 low-karma\nurls +210 +210\n/,
  );
});

test('a run that is killed at any moment goes on to the same bytes', { timeout: TIMEOUT }, async () => {
  const whole = contents('whole');
  const random = new Random(7, 'kill');
  for (let kills = 0, i = 0; kills < 4 && i < 12; i++) {
    const { child, done } = startGpt(...args('killed'));
    let said = '';
    child.stderr?.on('data', (data) => (said += data));
    // At a random moment after a random stage: the machine's speed then matters little.
    const stage = ['links', 'urls', 'pages', 'extract'][Math.floor(random.uniform() * 4)];
    while (child.exitCode === null && !said.includes(stage))
      await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 300 * random.uniform()));
    child.kill('SIGKILL');
    const { code } = await done;
    if (code === null) kills++;
  }
  const { code, stderr } = await gpt(...args('killed'));
  expect(code, stderr).toBe(0);
  expect(contents('killed')).toEqual(whole);
});

test('nothing is fetched unless asked for, and one source is enough', { timeout: TIMEOUT }, async () => {
  const [, , ...rest] = args('neither').filter((each) => each !== '--pages' && each !== at('pages'));
  const neither = await gpt('data', 'webtext', ...rest);
  expect([neither.code, neither.stderr]).toEqual([
    2,
    expect.stringContaining('given --pages or --fetch, got "neither"'),
  ]);
  const both = await gpt(...args('both'), '--fetch');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('got "both"')]);
});
