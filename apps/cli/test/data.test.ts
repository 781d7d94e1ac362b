/** `gpt data`, as a user runs it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { story } from '@gpt-ts/data';
import { describe, expect, test } from 'vitest';
import { gpt, newFolder, startGpt } from './gpt.js';

const TIMEOUT = 120_000;
const folder = newFolder();
const END = '<|endoftext|>';

const texts = Array.from({ length: 60 }, (_, i) => story(1, i));
const copies = texts.slice(0, 10).map((text) => text.toUpperCase()); // near-copies: words are lower-cased
const plain = join(folder, 'plain.txt');
writeFileSync(plain, texts.join(`\n${END}\n`));
const jsonl = join(folder, 'more.jsonl');
writeFileSync(
  jsonl,
  [...copies, texts[3], 'Something new altogether.'].map((text) => `${JSON.stringify({ text })}\n`).join(''),
);

async function json(...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await gpt('data', ...args, '--json'); // progress goes to stderr
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('gpt data', { timeout: TIMEOUT }, () => {
  test('dedup keeps the first of each, from files of different kinds, as the kind wanted', async () => {
    for (const format of ['jsonl', 'txt', 'parquet']) {
      const out = join(folder, `dedup-${format}`);
      const got = await json('dedup', '--data', plain, jsonl, '--out', out, '--format', format);
      expect(got).toMatchObject({ in: 72, out: 61, dropped: { 'exact-duplicate': 1, 'near-duplicate': 10 } });
      const kept = format === 'jsonl' ? join(out, 'dedup') : join(out, `dedup.${format}`);
      expect(got.kept).toBe(kept);
      const stats = await json('stats', '--data', ...(format === 'jsonl' ? parts(kept) : [kept]));
      expect(stats).toMatchObject({ documents: 61, duplicates: 0 });
    }
    expect(readFileSync(join(folder, 'dedup-txt', 'dedup.txt'), 'utf8')).toBe(
      [...texts, 'Something new altogether.'].map((text) => `${text.trim()}\n${END}\n`).join(''),
    );
  });

  test('dedup --exact leaves near-copies alone, and says so in words', async () => {
    const out = join(folder, 'exact');
    const { stdout } = await gpt('data', 'dedup', '--data', plain, jsonl, '--out', out, '--exact');
    expect(stdout).toMatch(/^71 of 72 documents stay; 1 copies and 0 near-copies go\. [\d.]+s\nKept in /);
  });

  test('stats counts', async () => {
    const { stdout } = await gpt('data', 'stats', '--data', plain, jsonl);
    const words = [...texts, ...copies, texts[3]].join(' ').split(/\s+/).length + 3;
    expect(stdout).toContain(`72 documents, ${words.toLocaleString('en')} words, `);
    expect(stdout).toContain('1 are equal to an earlier one (1.4%)');
  });

  test('quality learns from two kinds of text, and keeps the one', async () => {
    const noise = Array.from({ length: 60 }, (_, i) => `Accept cookies. Sign in. Menu. Next page ${i}.`);
    const bad = join(folder, 'bad.txt');
    writeFileSync(bad, noise.join(END));
    const model = join(folder, 'quality.safetensors');
    const trained = await json('quality', '--train', plain, '--against', bad, '--out', model);
    expect(trained).toMatchObject({ good: 60, bad: 60, auc: 1 });
    const out = join(folder, 'good');
    const { in: read, out: kept } = await json(
      'quality',
      '--apply',
      model,
      '--data',
      bad,
      plain,
      '--out',
      out,
    );
    expect(read).toBe(120);
    expect(kept).toBeGreaterThan(30);
    expect(kept).toBeLessThan(70);
  });

  test('a run that Ctrl-C stopped goes on', async () => {
    const large = join(folder, 'large.jsonl');
    const line = (i: number) => `${JSON.stringify({ text: `${i} ${story(3, i % 500)}` })}\n`;
    writeFileSync(large, Array.from({ length: 4_000 }, (_, i) => line(i)).join(''));
    const out = join(folder, 'stopped');
    const args = ['data', 'dedup', '--data', large, '--out', out];
    const { child, done } = startGpt(...args);
    const scratch = join(out, 'dedup', 'scratch-00000');
    while (!existsSync(scratch) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    const stopped = await done;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toContain('Stopped. The same command goes on from here.');
    const whole = await json('dedup', '--data', large, '--out', join(folder, 'whole'));
    const again = await json(...args.slice(1));
    expect(again.dropped).toEqual(whole.dropped);
  });

  test('what cannot be is told, and how to mend it', async () => {
    for (const [args, message] of [
      [['dedup', '--data', '/none.jsonl', '--out', folder], '/none.jsonl: does not exist.'],
      [
        ['dedup', '--data', plain, '--out', folder, '--threshold', '2'],
        'threshold must be more than 0, at most 1',
      ],
      [
        ['dedup', '--data', plain, '--out', folder, '--memory', '1MB'],
        'memoryBytes must be at least 268435456',
      ],
      [['dedup', '--data', plain, '--out', folder, '--memory', 'much'], 'Expected an amount such as 512MB'],
      [['quality', '--out', folder], 'must be --train and --against, or --apply'],
      [['quality', '--apply', plain, '--data', plain, '--out', folder], 'plain.txt'],
    ] as const) {
      const { code, stderr } = await gpt('data', ...args);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }
  });
});

function parts(kept: string): string[] {
  return readdirSync(kept)
    .filter((name) => name.startsWith('part-'))
    .map((name) => join(kept, name));
}
