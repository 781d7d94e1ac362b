/** `gpt eval` as a user runs it: tasks, logs that are gone on with, rows that cannot be read. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { arithmeticItems } from '@gpt-ts/tasks';
import { beforeAll, describe, expect, test } from 'vitest';
import { gpt, newFolder, startGpt } from './gpt.js';

const folder = newFolder();
const at = (name: string) => join(folder, name);
const model = at('model');
const sums = ['--task', 'two-digit-addition', '--data', at('two_digit_addition.jsonl')];

beforeAll(async () => {
  writeFileSync(at('text.txt'), 'Q: What is 1 plus 2?\n\nA: 3\n\n'.repeat(200));
  const byte = ['--vocab-size', '257', '--max-steps', '5', '--n-ctx', '64'];
  const { code, stderr } = await gpt(
    'train',
    '--preset',
    'nano',
    '--data',
    at('text.txt'),
    ...byte,
    '--out',
    model,
  );
  expect({ code, stderr: code && stderr }).toEqual({ code: 0, stderr: 0 });
  const rows = arithmeticItems('two-digit-addition', { count: 40 }).map(
    (item) => `${JSON.stringify(item)}\n`,
  );
  writeFileSync(at('two_digit_addition.jsonl'), rows.join(''));
  const questions = ['wet', 'dry', 'hot', 'cold'].map((word, i) => ({
    id: word,
    question: { stem: `Is it ${word}?`, choices: ['yes', 'no'].map((text, c) => ({ text, label: 'AB'[c] })) },
    answerKey: 'AB'[i % 2],
  }));
  mkdirSync(at('arc'));
  writeFileSync(
    at('arc/ARC-Easy-Test.jsonl.gz'),
    gzipSync(questions.map((q) => JSON.stringify(q)).join('\n')),
  );
}, 120_000);

/** A log, line by line. */
const log = (name: string) =>
  readFileSync(at(name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('gpt eval', () => {
  test('asks, counts, and prints one JSON object', async () => {
    const { code, stdout } = await gpt('eval', '--model', model, ...sums, '--shots', '2', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ task: 'two-digit-addition', items: 40, skippedRows: 0, seed: 0 },
      shots: { asked: 2 },
      metrics: { accuracy: { unit: 'share' } },
    });
  });

  test('finds the files of a task in a folder, packed ones too, and prints what papers found', async () => {
    const { code, stdout } = await gpt('eval', '--model', model, '--task', 'arc-easy', '--data', at('arc'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^arc-easy \(version 1\), 4 items, K = 0, seed 0$/m);
    expect(stdout).toMatch(/^ {2}accuracy +(0\.0|25\.0|50\.0|75\.0|100\.0) % {2}\(95 %: /m);
    expect(stdout).toMatch(/GPT-3 Table H\.1, .*175B 70\.1/);
  });

  test('a log that was cut off anywhere is gone on with, and is judged again without the model', async () => {
    const args = ['eval', '--model', model, ...sums, '--shots', '1', '--seed', '7', '--json'];
    const whole = await gpt(...args, '--samples', at('whole.jsonl'));
    expect(whole.code).toBe(0);
    expect(log('whole.jsonl')).toHaveLength(41);
    const bytes = readFileSync(at('whole.jsonl'));
    for (const share of [0, 0.3, 0.9]) {
      writeFileSync(at('cut.jsonl'), bytes.subarray(0, Math.floor(share * bytes.length)));
      const { stdout } = await gpt(...args, '--samples', at('cut.jsonl'), '--resume');
      expect(stdout).toBe(whole.stdout);
      expect(log('cut.jsonl')).toEqual(log('whole.jsonl'));
    }
    const again = await gpt('eval', ...sums, '--rescore', at('whole.jsonl'), '--json');
    expect(again.stdout).toBe(whole.stdout);
  });

  test('Ctrl-C keeps what was answered', async () => {
    const args = ['eval', '--model', model, ...sums, '--samples', at('stopped.jsonl'), '--json'];
    const { child, done } = startGpt(...args);
    while (!existsSync(at('stopped.jsonl'))) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    const { code, stderr } = await done;
    if (code !== 0) {
      expect(code).toBe(130);
      expect(stderr).toContain('Go on with the same command and --resume.');
    }
    const { stdout } = await gpt(...args, '--resume');
    expect(JSON.parse(stdout).items).toBe(40);
  });

  test('lists tasks', async () => {
    const { stdout } = await gpt('eval', '--list', '--json');
    const names = JSON.parse(stdout).map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['lambada', 'arc-easy', 'two-digit-addition']));
    expect((await gpt('eval', '--list')).stdout).toMatch(/^two-digit-addition +K = 50 +GPT-3/m);
  });
});

describe('bad input to gpt eval', () => {
  const bad = () => {
    const rows = readFileSync(at('two_digit_addition.jsonl'), 'utf8').split('\n');
    writeFileSync(at('bad.jsonl'), [rows[0], '{"context":"Q"}', rows[1]].join('\n'));
    return ['--model', model, '--task', 'two-digit-addition', '--data', at('bad.jsonl')];
  };
  const cases: [string, () => string[], RegExp][] = [
    [
      'a task that there is not',
      () => ['--model', model, '--task', 'ark-easy', '--data', folder],
      /Did you mean arc-easy\?/,
    ],
    ['a row without its column', bad, /bad\.jsonl: row 2, completion: must be a text/],
    [
      'no files of the task',
      () => ['--model', model, '--task', 'arc-easy', '--data', model],
      /has no ARC-Easy/,
    ],
    ['no model', () => sums, /called with one of --model and --endpoint, got "none"/],
    ['no data', () => ['--model', model, '--task', 'arc-easy'], /with --task and --data/],
    [
      'examples of a text',
      () => ['--model', model, '--task', 'enwik8', '--data', at('text.txt'), '--shots', '1'],
      /shows no examples/,
    ],
    [
      'a log of another seed',
      () => ['--model', model, ...sums, '--seed', '8', '--samples', at('whole.jsonl'), '--resume'],
      /shots must be that of .*whole\.jsonl/,
    ],
    [
      'a log that is there',
      () => ['--model', model, ...sums, '--samples', at('whole.jsonl')],
      /Go on with it by --resume/,
    ],
    [
      'a log that is none',
      () => [...sums, '--rescore', at('text.txt')],
      /text\.txt: line 1: is not what a log/,
    ],
  ];
  test.each(cases)('%s: exit code 2 and the reason', async (_, args, message) => {
    const { code, stdout, stderr } = await gpt('eval', ...args());
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a bad row is left out and counted if asked', async () => {
    const { stdout, stderr } = await gpt('eval', ...bad(), '--skip-bad-rows', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ items: 2, skippedRows: 1 });
    expect(stderr).toContain('1 rows cannot be read and are left out.');
  });
});
