import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gpt, newFolder, sampleText } from './gpt.js';

const TIMEOUT = 60_000;
const folder = newFolder();
const at = (name: string) => join(folder, name);
const run = at('run');

beforeAll(async () => {
  writeFileSync(at('text.txt'), sampleText(400));
  const nano = ['--data', at('text.txt'), '--tokenizer', 'char', '--preset', 'nano'];
  const steps = ['--max-steps', '20', '--eval-every', '10', '--checkpoint-every', '10'];
  const { code, stderr } = await gpt('train', ...nano, ...steps, '--out', run);
  expect({ code, stderr: code && stderr }).toEqual({ code: 0, stderr: 0 });
}, TIMEOUT);

/** A copy of the run, to spoil. */
function copy(name: string): string {
  cpSync(run, at(name), { recursive: true });
  rmSync(join(at(name), 'report.html'), { force: true });
  return at(name);
}

describe('gpt report', () => {
  test('draws a page of one file that needs no network, and prints a summary', async () => {
    const out = copy('page');
    const { code, stdout, stderr } = await gpt('report', out);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^steps +20\nmaxSteps +20\n/);
    expect(stdout).toContain(`Written: ${join(out, 'report.html')}\n`);
    const page = readFileSync(join(out, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).not.toMatch(/(src|href)\s*=\s*["']?(https?:)?\/\//);
    expect(readdirSync(out).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('the same log gives the same page; of a moved run too, but for its name', async () => {
    const [a, b] = [copy('same'), copy('twin')];
    await gpt('report', a);
    const first = readFileSync(join(a, 'report.html'), 'utf8');
    await gpt('report', a);
    await gpt('report', b);
    expect(readFileSync(join(a, 'report.html'), 'utf8')).toBe(first);
    expect(readFileSync(join(b, 'report.html'), 'utf8').replaceAll(b, a)).toBe(first);
  });

  test('--json prints one object: the numbers of the log', async () => {
    const out = copy('json');
    const { stdout, stderr } = await gpt('report', out, '--json');
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const events = readFileSync(join(out, 'log.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const losses = (type: string) =>
      events.filter((event) => event.type === type).map(({ step, loss }) => ({ step, loss }));
    const [training, validation] = [losses('step-end'), losses('eval-end')];
    const best = (all: { step: number; loss: number }[]) => all.reduce((a, b) => (b.loss < a.loss ? b : a));
    expect(JSON.parse(stdout)).toMatchObject({
      ...{
        steps: 20,
        maxSteps: 20,
        ended: 'done',
        sittings: 1,
        tokens: 20 * 8 * 32,
        checkpoints: 3,
        warnings: [],
      },
      training: { first: training[0], last: training.at(-1), best: best(training) },
      validation: { first: validation[0], last: validation.at(-1), best: best(validation) },
      files: [join(out, 'report.html')],
    });
    expect(stderr).toBe('');
  });

  test('--tensorboard writes an event file beside it', async () => {
    const out = copy('board');
    const { files } = JSON.parse((await gpt('report', out, '--tensorboard', '--json')).stdout);
    expect(files).toHaveLength(2);
    expect(files[1]).toMatch(/\/events\.out\.tfevents\.\d+\.gpt-ts$/);
    const bytes = readFileSync(files[1]);
    const length = Number(bytes.readBigUInt64LE(0)); // of the first record, which names the format
    expect(bytes.subarray(12, 12 + length).toString('latin1')).toContain('brain.Event:2');
  });

  test('a log whose last line was cut off by a crash is drawn without it', async () => {
    const out = copy('cut');
    const log = join(out, 'log.jsonl');
    truncateSync(log, readFileSync(log).length - 10);
    const { code, stdout } = await gpt('report', out, '--json');
    const { steps, ended } = JSON.parse(stdout);
    expect({ code, steps, ended }).toEqual({ code: 0, steps: 20, ended: undefined });
  });

  const cases: [string, () => string, RegExp][] = [
    ['a folder that is not there', () => at('nowhere'), /nowhere\/log\.jsonl: does not exist/],
    ['a file', () => at('text.txt'), /text\.txt\/log\.jsonl: /],
    [
      'a folder without a log',
      () => {
        mkdirSync(at('bare'));
        return at('bare');
      },
      /bare\/log\.jsonl: does not exist/,
    ],
    [
      'a line that is no event',
      () => {
        const out = copy('torn');
        const log = join(out, 'log.jsonl');
        const [first, ...rest] = readFileSync(log, 'utf8').split('\n');
        writeFileSync(log, [first, '{"type":', ...rest].join('\n'));
        return out;
      },
      /torn\/log\.jsonl: line 2/,
    ],
    [
      'a run.json that is none',
      () => {
        const out = copy('odd');
        appendFileSync(join(out, 'run.json'), '}');
        return out;
      },
      /odd\/run\.json: not valid JSON/,
    ],
  ];
  test.each(cases)('%s: exit code 2, the reason, and no page', async (_, make, message) => {
    const out = make();
    const { code, stdout, stderr } = await gpt('report', out);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout, page: existsSync(join(out, 'report.html')) }).toEqual({
      code: 2,
      stdout: '',
      page: false,
    });
  });
});

describe('gpt recipes', () => {
  const names = [
    'gpt1-pretrain',
    'gpt2-pretrain',
    'gpt3-pretrain',
    'shakespeare-char',
    'stories',
    'nano',
    'gpt1-finetune',
  ];

  test('lists them, and every setting that --set takes', async () => {
    const { code, stdout } = await gpt('recipes');
    const [recipes, settings] = stdout.split(
      '\n\nAny of these settings can be changed with --set name=value:\n',
    );
    const firstWords = (lines: string) =>
      lines
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/ +/)[0]);
    expect(firstWords(recipes)).toEqual(names);
    expect(firstWords(settings)).toEqual(
      expect.arrayContaining(['batchSize', 'maxSteps', 'learningRate', 'emaDecay', 'seed']),
    );
    for (const line of settings.trim().split('\n')) expect(line.trim()).toMatch(/^\w+ +\S/); // each says what it is
    expect(code).toBe(0);
  });

  test('shows one with its source, and says the same in JSON', async () => {
    const { stdout } = await gpt('recipes', 'gpt1-finetune');
    // GPT-1 section 4.1: batches of 32, rate 6.25e-5, 3 epochs, warm-up over 0.2% of training, lambda 0.5, dropout 0.1
    expect(stdout).toMatch(/Source: Radford et al\. 2018, section 4\.1/);
    const published = { epochs: 3, warmupShare: 0.002, lmCoef: 0.5, clfPdrop: 0.1 };
    const settings = { batchSize: 32, learningRate: 6.25e-5 };
    const { stdout: json } = await gpt('recipes', 'gpt1-finetune', '--json');
    expect(json.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(json)).toMatchObject({ ...published, settings });
    for (const [name, value] of Object.entries({ ...published, ...settings })) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} +${value < 1e-3 ? '0\\.0000625' : value}( |$)`, 'm'));
    }
  });

  test('all of them are one JSON object', async () => {
    const { stdout } = await gpt('recipes', '--json');
    const all = JSON.parse(stdout);
    expect(Object.keys(all)).toEqual(names);
    for (const recipe of Object.values(all)) {
      expect(recipe).toMatchObject({
        about: expect.any(String),
        source: expect.any(String),
        settings: {},
        expected: {},
      });
    }
  });

  test('a name that there is not: exit code 2 and those that there are', async () => {
    const { code, stdout, stderr } = await gpt('recipes', 'gpt4-pretrain');
    expect(stderr).toBe(`gpt: name must be one of ${names.join(', ')}, got "gpt4-pretrain".\n`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect((await gpt('recipes', 'constructor')).code).toBe(2);
  });
});
