import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gpt, newFolder, startGpt, until } from './gpt.js';

const TIMEOUT = 120_000;
const folder = newFolder();
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** Words that come nowhere else, of 5 characters with the space behind them. */
const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `${(36 ** 3 + from + i).toString(36)} `).join('');
const secret = words(40_000, 13).trim();
const EOT = '<|endoftext|>';

/** Runs to the end, with success and nothing on stderr. */
async function overlap(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await gpt('data', 'overlap', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('gpt data overlap', { timeout: TIMEOUT }, () => {
  const train = file('train.txt', `\ufeff${words(0, 500)}\n${EOT}\n${words(500, 500)}\n${EOT}\n`);
  const test1 = file('one.txt', `${words(1000, 60)}${words(100, 40)}\n${EOT}\n${words(2000, 20)}`);
  const rows = [words(300, 10), words(3000, 10), words(3100, 4)].map((text) =>
    JSON.stringify({ text, id: 1 }),
  );
  const test2 = file('two.jsonl', `${rows.join('\n\n')}\n`);

  test('prints the share of each test file', async () => {
    const stdout = await overlap('--train', train, '--test', test1, test2);
    const lines = stdout.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines).toEqual([
      ['test', 'n', 'documents', 'dirty', 'n-grams', 'found', 'share'],
      [test1, '8', '2', '1', '106', '33', '31.13 %'], // 93 + 13; 40 - 7
      [test2, '8', '3', '1', '6', '3', '50.00 %'],
      [''],
    ]);
  });

  test('--json names the documents; --n and --rule change what is compared', async () => {
    const json = async (...args: string[]) =>
      JSON.parse(await overlap('--train', train, '--test', test1, test2, '--json', ...args));
    expect(await json('--n', '20')).toEqual({
      rule: 'gpt2',
      tests: [
        { file: test1, n: 20, documents: 2, grams: 82, found: 21, share: 21 / 82, dirty: [0] },
        { file: test2, n: 20, documents: 3, grams: 0, found: 0, share: null, dirty: [] },
      ],
    });
    expect(await json('--rule', 'gpt3')).toEqual({
      rule: 'gpt3',
      tests: [
        { file: test1, n: 13, documents: 2, grams: 96, found: 28, share: 28 / 96, dirty: [0] },
        { file: test2, n: 8, documents: 3, grams: 7, found: 3, share: 3 / 7, dirty: [0] },
      ],
    });
  });

  test('a separator that is cut by the end of a part', async () => {
    const cut = file('cut.txt', `${'a '.repeat(2 ** 19 - 3)}${EOT}${words(0, 8)}`); // 2^20 - 6 characters come before it
    const stdout = await overlap('--train', train, '--test', cut, '--json');
    expect(JSON.parse(stdout).tests[0]).toMatchObject({ documents: 2, found: 1, dirty: [1] });
  });
});

describe('gpt data overlap --clean', { timeout: TIMEOUT }, () => {
  const tests = file('secret.txt', secret);
  const left = words(0, 100);
  const right = words(200, 100);
  const clean = `${words(400, 10)}\n`;
  const dirty = `\n${left}${secret} ${right}\n`;
  const pieces = [`\n${left.slice(0, -200)}`, `${right.slice(199)}\n`];

  test('writes what is left of text files and says why', async () => {
    const short = ` ${secret} `;
    const many = Array.from({ length: 11 }, (_, k) => words(5000 + 200 * k, 130)).join(`${secret} `);
    const train = file('dirty.txt', [clean, dirty, short, many, clean].join(EOT));
    const out = join(folder, 'out');
    const stdout = await overlap('--train', train, '--test', tests, '--clean', '--out', out);
    expect(readdirSync(out)).toEqual(['dirty.txt', 'overlap.json', 'removed.jsonl']);
    const kept = [clean, pieces.join(`\n${EOT}\n`), clean].join(EOT);
    expect(readFileSync(join(out, 'dirty.txt'), 'utf8')).toBe(kept);
    const removed = readFileSync(join(out, 'removed.jsonl'), 'utf8').trim().split('\n');
    const row = { file: 'dirty.txt', collisions: 1 };
    expect(removed.map((line) => JSON.parse(line))).toEqual([
      { ...row, document: 1, outcome: 'cut', split: 2, kept: 2, removed: secret.length + 400 },
      { ...row, document: 2, outcome: 'too-short', split: 0, kept: 0, removed: short.length },
      {
        ...row,
        document: 3,
        outcome: 'too-many-pieces',
        split: 11,
        collisions: 10,
        kept: 0,
        removed: many.length,
      },
    ]);
    const outcomes = { clean: 2, cut: 1, 'too-many-pieces': 1, 'too-short': 1 };
    const charactersRemoved = secret.length + 400 + short.length + many.length;
    expect(JSON.parse(readFileSync(join(out, 'overlap.json'), 'utf8'))).toEqual({
      ...{ rule: 'gpt3', n: 13, grams: 1, ignored: 0 },
      tests: [{ file: tests, n: 13, documents: 1, grams: 1, found: 1, share: 1, dirty: [0] }],
      files: [{ file: train, documents: 5, outcomes, collisions: 12, charactersRemoved }],
    });
    expect(stdout).toContain('Taken out: 1 distinct 13-grams. In more than 10 documents, so left alone: 0.');
    expect(stdout).toContain(`Saved in ${out}; removed.jsonl`);
  });

  test('rows of JSONL keep their other fields, and rows that are clean their bytes', async () => {
    const untouched = '{ "text" : "caf\\u00e9 au lait", "id":1 }';
    const train = file('rows.jsonl', `${untouched}\n\n${JSON.stringify({ id: 2, text: dirty, n: null })}\n`);
    const out = join(folder, 'rows-out');
    const stdout = await overlap('--train', train, '--test', tests, '--clean', '--out', out, '--json');
    expect(JSON.parse(stdout).cleaned).toMatchObject({ out, n: 13, grams: 1, ignored: 0 });
    const rows = pieces.map((text) => JSON.stringify({ id: 2, text, n: null }));
    expect(readFileSync(join(out, 'rows.jsonl'), 'utf8')).toBe(`${[untouched, '', ...rows, ''].join('\n')}`);
  });

  test('files without a collision, and set phrases, stay byte for byte', async () => {
    const texts = [
      file('a.txt', `${clean}\n${EOT}\n${EOT}😀\r\n${EOT}\n`),
      file('b.jsonl', '{"text":"a"}\r\n\n{"text":"b"}'),
      file('c.txt', Array.from({ length: 11 }, () => secret).join(EOT)),
    ];
    const out = join(folder, 'same');
    mkdirSync(out); // an empty folder will do
    await overlap('--train', ...texts, '--test', tests, '--clean', '--out', out);
    for (const path of texts) {
      expect(readFileSync(join(out, path.slice(folder.length + 1)))).toEqual(readFileSync(path));
    }
    expect(readFileSync(join(out, 'removed.jsonl'), 'utf8')).toBe('');
  });

  test('Ctrl-C while it writes leaves nothing behind', async () => {
    const train = file('large.txt', `${words(0, 1000)}${EOT}`.repeat(2000)); // 10 MB
    const home = join(folder, 'stopped');
    mkdirSync(home);
    const { child, done } = startGpt(
      ...['data', 'overlap', '--train', train, '--test', tests, '--clean', '--out', join(home, 'out')],
    );
    let ended = false;
    child.once('close', () => (ended = true));
    await until(() => ended || readdirSync(home).length > 0);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await done;
    expect({ code, stdout, left: readdirSync(home) }).toEqual({ code: 130, stdout: '', left: [] });
    expect(stderr).toMatch(
      /^([\d.]+ of [\d.]+ MB read( {2}\d+s left)?\n)*Stopped\. Nothing was written\.\n$/,
    );
  });
});

describe('what gpt data overlap refuses, with exit code 2 and the reason', { timeout: TIMEOUT }, () => {
  const good = file('good.txt', words(0, 20));
  const out = join(folder, 'never');
  const latin1 = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a);
  test.concurrent.each<[string, string[], RegExp]>([
    ['no test file', ['--train', good], /required option '--test <files...>'/],
    [
      'a file that is not there',
      ['--train', good, '--test', join(folder, 'no.txt')],
      /no\.txt: does not exist/,
    ],
    ['a folder', ['--train', folder, '--test', good], /is a folder, not a text file/],
    [
      'a device',
      ['--train', '/dev/null', '--test', good],
      /\/dev\/null: is a pipe or a device.*write it to a file first/,
    ],
    [
      'text that is not UTF-8',
      ['--train', file('latin1.txt', latin1), '--test', good],
      /latin1\.txt: is not valid UTF-8/,
    ],
    ['a binary file', ['--train', file('zero.txt', 'a\0b'), '--test', good], /zero\.txt: has a zero byte/],
    [
      'a file without text',
      ['--train', good, '--test', file('blank.txt', ' \n'), '--rule', 'gpt3'],
      /blank\.txt: has no text/,
    ],
    [
      'JSONL without a text',
      ['--train', good, '--test', file('x.jsonl', '{"text":"a"}\n{"a":1}\n')],
      /x\.jsonl: line 2: is not a JSON object with a string "text"/,
    ],
    [
      'JSONL that is none',
      ['--train', good, '--test', file('y.jsonl', 'plain')],
      /y\.jsonl: line 1: is not a JSON/,
    ],
    ['a length of 0', ['--train', good, '--test', good, '--n', '0'], /whole number of 1 or more/],
    [
      'a length of 10^6',
      ['--train', good, '--test', good, '--n', '1000000'],
      /n must be an integer from 1 to 1000/,
    ],
    ['another rule', ['--train', good, '--test', good, '--rule', 'gpt4'], /'gpt4' is invalid/],
    [
      '--clean without --out',
      ['--train', good, '--test', good, '--clean'],
      /--out must be given with --clean/,
    ],
    [
      '--out without --clean',
      ['--train', good, '--test', good, '--out', out],
      /--out must be used with --clean/,
    ],
    [
      'a folder with something in it',
      ['--train', good, '--test', good, '--clean', '--out', folder],
      /is not empty\. Give --out a new folder/,
    ],
    [
      'a file in place of the folder',
      ['--train', good, '--test', good, '--clean', '--out', good],
      /good\.txt: is a file/,
    ],
    [
      'two files of one name',
      ['--train', good, good, '--test', good, '--clean', '--out', out],
      /files of different names.*"good\.txt"/,
    ],
    [
      'a place that cannot be',
      ['--train', good, '--test', good, '--clean', '--out', join(good, 'x')],
      /is a file, or is in one/,
    ],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await gpt('data', 'overlap', ...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false });
  });
});
