import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { worldDocument, worldExample } from '@gpt-ts/data';
import { readExamples } from '@gpt-ts/tasks';
import { describe, expect, test } from 'vitest';
import { gpt, newFolder } from './gpt.js';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

describe('gpt data stories', { timeout: 120_000 }, () => {
  test('prints the documents of the library, with a separator after each', async () => {
    const { code, stdout, stderr } = await gpt('data', 'stories', '--count', '3', '--seed', '5', '--tasks');
    const texts = [0, 1, 2].map((index) => worldDocument(index, { seed: 5, tasks: true }));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(texts.map((text) => `${text}<|endoftext|>`).join(''));
  });

  test.each([
    ['sentiment', 'classification'],
    ['entailment', 'entailment'],
    ['paraphrase', 'similarity'],
    ['cloze', 'multiple-choice'],
    ['questions', 'multiple-choice'],
  ] as const)('writes rows of %s that fine-tuning reads as %s', async (task, form) => {
    const out = join(newFolder(), 'new', 'rows.jsonl');
    const { code } = await gpt(
      ...['data', 'stories', '--task', task, '--count', '30', '--format', 'jsonl', '--out', out],
    );
    expect(code).toBe(0);
    const text = readFileSync(out, 'utf8');
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows[7]).toEqual(worldExample(task, { seed: 0, index: 7, split: 'train' }).row);
    expect(readExamples(text, { form, format: 'jsonl', file: out }).examples).toHaveLength(30);
    expect(readdirSync(join(out, '..'))).toEqual(['rows.jsonl']);
  });

  test('asks for the last example of a list', async () => {
    const { stdout } = await gpt(
      'data',
      'stories',
      '--task',
      'in-context',
      '--count',
      '5',
      '--format',
      'jsonl',
    );
    for (const line of stdout.trim().split('\n')) {
      const { context, completion } = JSON.parse(line);
      expect(context.split('\n')).toHaveLength(8);
      expect(completion).toMatch(/^ \S/);
    }
  });

  test('splits differ', async () => {
    const texts = await Promise.all(
      ['train', 'validation', 'test'].map((split) =>
        gpt('data', 'stories', '--count', '1', '--split', split),
      ),
    );
    expect(new Set(texts.map(({ stdout }) => stdout)).size).toBe(3);
  });

  test('ends quietly when the reader does', async () => {
    const child = spawn(process.execPath, [main, 'data', 'stories', '--count', '100000']);
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (data) => (stderr += data));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect((await once(child, 'close'))[0]).toBe(0);
    expect(stderr.replace(/^.*left\n/gm, '')).toBe('');
  });

  test('writes nothing when it is stopped', async () => {
    const folder = newFolder();
    const out = join(folder, 'stories.txt');
    const child = spawn(process.execPath, [main, 'data', 'stories', '--count', '1000000', '--out', out]);
    while (readdirSync(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    expect((await once(child, 'close'))[0]).toBe(130);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('refuses what is none', async () => {
    for (const args of [
      ['--split', 'dev'],
      ['--task', 'riddles'],
      ['--count', '0'],
      ['--task', 'cloze', '--tasks'],
    ]) {
      const { code, stdout } = await gpt('data', 'stories', ...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
    }
  });

  test('is documented', () => {
    expect(
      execFileSync(process.execPath, [main, 'data', 'stories', '--help'], { encoding: 'utf8' }),
    ).toContain('--tasks');
  });
});
