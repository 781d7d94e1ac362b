import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FolderStorage } from '@gpt-ts/core/node';
import { loadTokenizer } from '@gpt-ts/tokenizer';
import { gpt2 } from '@gpt-ts/tokenizer/gpt2';
import { trainByteBpe } from '@gpt-ts/tokenizer/train';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder, type Printed, sampleText } from './gpt.js';

const TIMEOUT = 120_000;
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = newFolder();
const corpus = join(folder, 'corpus.txt');
const small = join(folder, 'small'); // a byte-level BPE
const chars = join(folder, 'chars');
const gpt1 = join(folder, 'gpt1');

interface Run {
  stdin?: string | Uint8Array;
  env?: Record<string, string>;
}

function start(args: string[], { stdin, env }: Run = {}): { child: ChildProcess; done: Promise<Printed> } {
  const child = spawn(process.execPath, [main, 'tokenizer', ...args], { env: { ...process.env, ...env } });
  const printed: Printed = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (data) => (printed.stdout += data));
  child.stderr.setEncoding('utf8').on('data', (data) => (printed.stderr += data));
  child.stdin.on('error', () => undefined); // it may end before it has read all
  child.stdin.end(stdin ?? '');
  return { child, done: once(child, 'close').then(([code]) => ({ ...printed, code })) };
}

/** What a successful run prints; it says nothing on stderr. */
async function stdoutOf(args: string[], run?: Run): Promise<string> {
  const { code, stdout, stderr } = await start(args, run).done;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

beforeAll(async () => {
  writeFileSync(corpus, `\ufeff${sampleText(400)}`);
  await stdoutOf(['train', corpus, '--n-vocab', '280', '--out', small]);
  await stdoutOf(['train', corpus, '--kind', 'char', '--out', chars]);
  mkdirSync(gpt1);
  const tokens = ['<unk>', 'h', 'i', 'h</w>', 'i</w>', 'hi</w>', '\n</w>'];
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]));
  writeFileSync(join(gpt1, 'vocab.json'), JSON.stringify(vocab));
  writeFileSync(join(gpt1, 'merges.txt'), '#version: 0.2\nh i</w>\n');
  writeFileSync(join(gpt1, 'tokenizer_config.json'), '{"tokenizer_class":"OpenAIGPTTokenizer"}');
}, TIMEOUT);

describe('gpt tokenizer train', { timeout: TIMEOUT }, () => {
  test('learns what the library learns, and writes files that it loads', async () => {
    const expected = await trainByteBpe(sampleText(400), { nVocab: 280 }); // no byte order mark
    const loaded = await loadTokenizer(new FolderStorage(small));
    expect(loaded).toMatchObject({ kind: 'byte-bpe', nVocab: 280, eotId: 279, merges: expected.merges });
  });

  test('says how much it learned, and where it is', async () => {
    const out = join(folder, 'said');
    const stdout = await stdoutOf(['train', corpus, '--n-vocab', '280', '--out', out]);
    expect(stdout).toMatch(/^280 tokens, 23 merges from [\d,]+ bytes in [\d.]+s, [\d.]+ bytes per token\.\n/);
    expect(stdout).toContain(`Saved in ${out}.`);
  });

  test('--json has the same; several files are several documents, and special tokens are by name', async () => {
    const [a, b] = ['a.txt', 'b.txt'].map((name) => join(folder, name));
    writeFileSync(a, 'aaab aaab <s>');
    writeFileSync(b, 'bbba');
    const out = join(folder, 'two');
    const options = ['--n-vocab', '262', '--special', '<s>', '--special', '</s>', '--json'];
    const report = JSON.parse(await stdoutOf(['train', a, b, ...options, '--out', out]));
    expect(report).toEqual({
      ...{ out, kind: 'byte-bpe', nVocab: expect.any(Number), merges: expect.any(Number), bytes: 17 },
      ...{ bytesPerToken: expect.any(Number), dropped: 0, seconds: expect.any(Number) },
    });
    expect(report.merges).toBe(report.nVocab - 258);
    const tokenizer = await loadTokenizer(new FolderStorage(out));
    expect(tokenizer.kind === 'byte-bpe' && [...tokenizer.specialTokens.keys()]).toEqual(['<s>', '</s>']);
    // "aaab aaab <s>" and "bbba" as two texts, not as one
    const merges = (
      await trainByteBpe(['aaab aaab <s>', 'bbba'], { nVocab: 262, specialTokens: ['<s>', '</s>'] })
    ).merges;
    expect(tokenizer).toMatchObject({ merges });
  });

  test('--kind char takes the characters of the text, --kind gpt1-bpe its words', async () => {
    const tokenizer = await loadTokenizer(new FolderStorage(chars));
    const distinct = [...new Set(sampleText(400))].sort();
    expect(tokenizer).toMatchObject({ kind: 'char', characters: distinct });
    const out = join(folder, 'words');
    const kind = ['--kind', 'gpt1-bpe', '--pipeline', 'huggingface', '--n-vocab', '60'];
    await stdoutOf(['train', corpus, ...kind, '--out', out]);
    const words = await loadTokenizer(new FolderStorage(out));
    expect(words).toMatchObject({ kind: 'gpt1-bpe', pipeline: 'huggingface' });
    expect(words.nVocab).toBeGreaterThan(40);
    expect(words.decode(words.encode('The cat runs.'))).toBe('the cat runs .');
  });

  test('a text whose first million characters end inside of an emoji', async () => {
    const path = join(folder, 'emoji.txt');
    writeFileSync(path, `${'a'.repeat(999_999)}${'😀'.repeat(9)}`);
    const out = join(folder, 'emoji');
    const report = await stdoutOf(['train', path, '--kind', 'char', '--out', out, '--json']);
    expect(JSON.parse(report)).toMatchObject({ nVocab: 2, bytes: 1_000_035, bytesPerToken: 1 });
  });

  test('a folder with a tokenizer is overwritten with --force alone', async () => {
    const out = join(folder, 'forced');
    await stdoutOf(['train', corpus, '--n-vocab', '270', '--out', out]);
    const before = readFileSync(join(out, 'vocab.json'));
    const { code, stderr } = await start(['train', corpus, '--kind', 'char', '--out', out]).done;
    expect(stderr).toMatch(/--out must be a folder without a tokenizer, got .*It has vocab\.json\..*--force/);
    expect(code).toBe(2);
    expect(readFileSync(join(out, 'vocab.json'))).toEqual(before);
    await stdoutOf(['train', corpus, '--kind', 'char', '--out', out, '--force']);
    expect(await loadTokenizer(new FolderStorage(out))).toMatchObject({ kind: 'char' });
  });

  test('Ctrl-C stops it, and nothing is written', async () => {
    const endless = join(folder, 'endless'); // a pipe: its size is unknown
    execFileSync('sh', ['-c', 'mkfifo "$0"', endless]);
    const writer = spawn('sh', ['-c', 'exec yes "words without end" > "$0"', endless], { stdio: 'ignore' });
    const out = join(folder, 'stopped');
    const { child, done } = start(['train', corpus, endless, '--out', out]);
    child.stderr!.once('data', () => child.kill('SIGINT')); // what it says after two seconds
    const { code, stdout, stderr } = await done;
    writer.kill();
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 130, stdout: '', written: false });
    expect(stderr).toMatch(/^([\d.]+ MB read, \d+ distinct pieces\n)+Stopped\. Nothing was written\.\n$/);
  });

  const out = join(folder, 'never');
  const file = (name: string, bytes: string | Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const latin1 = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x0a);
  test.concurrent.each<[string, () => string[], RegExp]>([
    ['a file that is not there', () => [corpus, join(folder, 'no.txt')], /no\.txt: does not exist\./],
    ['a folder', () => [folder], /is a folder, not a text file/],
    [
      'text that is not UTF-8',
      () => [corpus, file('latin1.txt', latin1)],
      /latin1\.txt: is not valid UTF-8 at byte offset 3/,
    ],
    ['a binary file', () => [file('zero.txt', 'a\0b')], /zero\.txt: has a zero byte/],
    ['a vocabulary without room for bytes', () => [corpus, '--n-vocab', '256'], /nVocab must be .*257/],
    [
      'a size for characters',
      () => [corpus, '--kind', 'char', '--n-vocab', '9'],
      /--n-vocab must be left out with --kind char/,
    ],
    [
      'special tokens for GPT-1',
      () => [corpus, '--kind', 'gpt1-bpe', '--special', 'x'],
      /--special must be left out/,
    ],
    [
      'a special token twice',
      () => [corpus, '--special', 'x', '--special', 'x'],
      /specialTokens\[\d\] must be/,
    ],
    ['an unknown kind', () => [corpus, '--kind', 'wordpiece'], /'wordpiece' is invalid/],
    ['an empty text for characters', () => [file('empty.txt', ''), '--kind', 'char'], /empty|at least|must/],
    ['no file', () => [], /missing required argument 'files'/],
    ['a folder whose place is taken', () => [corpus, '--out', corpus], /corpus\.txt/],
  ])('%s: exit code 2, the reason, and nothing written', async (_, args, message) => {
    const { code, stdout, stderr } = await start(['train', '--out', out, ...args()]).done;
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false });
  });

  test('an empty text makes a byte-level BPE of bytes', async () => {
    const out = join(folder, 'bytes');
    const stdout = await stdoutOf(['train', file('nothing.txt', ''), '--out', out, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ nVocab: 257, merges: 0, bytes: 0, bytesPerToken: null });
  });
});

describe('gpt tokenizer encode and decode', () => {
  test('give the ids of GPT-2 and the text again', async () => {
    expect(await stdoutOf(['encode', 'Hello world'])).toBe('15496 995\n');
    expect(await stdoutOf(['decode', '15496', '995'])).toBe('Hello world');
    expect(await stdoutOf(['decode', '[15496, 995]'])).toBe('Hello world');
  });

  test('a text of any size goes through pipes, byte for byte', { timeout: TIMEOUT }, async () => {
    const text = `\ufeff${sampleText(3000)}\r\n\0😀 e\u0301 <|endoftext|>\u{10ffff} 中文\n\n`.repeat(20);
    expect(text.length).toBeGreaterThan(2 ** 21); // several parts
    const ids = await stdoutOf(['encode'], { stdin: text });
    expect(ids === `${gpt2().encode(text).join(' ')}\n`).toBe(true);
    expect((await stdoutOf(['decode'], { stdin: ids })) === text).toBe(true);
    const json = await stdoutOf(['encode', '--json'], { stdin: text });
    const list = JSON.stringify(JSON.parse(json).ids);
    expect((await stdoutOf(['decode'], { stdin: list })) === text).toBe(true);
  });

  test('a file, and the tokenizer of a folder', async () => {
    const text = readFileSync(corpus, 'utf8');
    const expected = (await loadTokenizer(new FolderStorage(small))).encode(text);
    const from = ['--tokenizer', small, '--file'];
    expect(await stdoutOf(['encode', ...from, corpus])).toBe(`${expected.join(' ')}\n`);
    const list = join(folder, 'ids.txt');
    writeFileSync(list, expected.join('\n'));
    expect(await stdoutOf(['decode', ...from, list])).toBe(text);
  });

  test('characters and GPT-1', async () => {
    const cat = await stdoutOf(['encode', 'cat', '--tokenizer', chars]);
    expect(await stdoutOf(['decode', ...cat.trim().split(' '), '--tokenizer', chars])).toBe('cat');
    expect(await stdoutOf(['encode', 'Hi HIH', '--tokenizer', gpt1])).toBe('5 1 2 3\n');
    expect(await stdoutOf(['decode', '5', '5', '--tokenizer', gpt1])).toBe('hi hi');
  });

  test('special tokens only when they are allowed', async () => {
    expect(await stdoutOf(['encode', '<|endoftext|>'])).toBe('27 91 437 1659 5239 91 29\n');
    expect(await stdoutOf(['encode', '<|endoftext|>', '--allow-special'])).toBe('50256\n');
    expect(await stdoutOf(['decode', '50256', '50256'])).toBe('<|endoftext|><|endoftext|>');
  });

  test('--count, --offsets and --json', async () => {
    expect(await stdoutOf(['encode', '--count'], { stdin: 'Hello 😀' })).toBe('3\n');
    expect(await stdoutOf(['encode', 'Hello 😀', '--offsets'])).toBe('15496\t0\t5\n30325\t5\t8\n222\t6\t8\n');
    const json = async (...args: string[]) => JSON.parse(await stdoutOf([...args, '--json']));
    expect(await json('encode', 'Hello 😀')).toEqual({
      tokenizer: 'gpt2',
      ids: [15496, 30325, 222],
      tokens: 3,
    });
    expect(await json('encode', 'Hello 😀', '--count')).toEqual({ tokenizer: 'gpt2', tokens: 3 });
    expect(await json('encode', 'Hello 😀', '--offsets')).toEqual({
      ...{ tokenizer: 'gpt2', ids: [15496, 30325, 222], tokens: 3 },
      offsets: [
        [0, 5],
        [5, 8],
        [6, 8],
      ],
    });
    expect(await json('decode', '30325', '222')).toEqual({ tokenizer: 'gpt2', text: ' 😀', tokens: 2 });
  });

  test('nothing is nothing', async () => {
    expect(await stdoutOf(['encode'])).toBe('\n');
    expect(await stdoutOf(['encode', ''])).toBe('\n');
    expect(JSON.parse(await stdoutOf(['encode', '--json']))).toEqual({
      tokenizer: 'gpt2',
      ids: [],
      tokens: 0,
    });
    expect(await stdoutOf(['encode', '--count'])).toBe('0\n');
    expect(await stdoutOf(['encode', '--offsets'])).toBe('');
    expect(await stdoutOf(['decode'])).toBe('');
    expect(await stdoutOf(['decode', '--tokenizer', gpt1])).toBe('');
  });

  test('half a character is U+FFFD, and whole again with its other half', async () => {
    expect(await stdoutOf(['decode', '30325'])).toBe(' \ufffd');
    expect(await stdoutOf(['decode'], { stdin: '30325\n222\n' })).toBe(' 😀');
  });

  test('a reader that has seen enough ends it quietly', async () => {
    const { child, done } = start(['encode'], { stdin: sampleText(40_000) });
    child.stdout!.once('data', () => child.stdout!.destroy());
    expect(await done).toMatchObject({ code: 0, stderr: '' });
  });

  const badUtf8 = Uint8Array.of(0x61, 0xff);
  test.concurrent.each<[string, string[], RegExp, Run?]>([
    ['ids that are none', ['decode', '1', 'x'], /ids\[1\] must be a whole number from 0 to 50256, got "x"/],
    [
      'an id outside the vocabulary',
      ['decode', '50257'],
      /token 50257 at position 0 is not an id from 0 to 50256/,
    ],
    ['an array without end', ['decode'], /the \] that ends the array/, { stdin: '[1, 2' }],
    ['text and a file', ['encode', 'x', '--file', corpus], /--file must be left out/],
    ['ids and a file', ['decode', '1', '--file', corpus], /--file must be left out/],
    ['a file that is not there', ['encode', '--file', join(folder, 'no.txt')], /no\.txt: does not exist/],
    ['a folder as a file', ['encode', '--file', folder], /is a folder, not a text file/],
    [
      'bytes that are not UTF-8',
      ['encode'],
      /standard input: is not valid UTF-8 at byte offset 1/,
      { stdin: badUtf8 },
    ],
    ['a folder without a tokenizer', ['encode', 'x', '--tokenizer', folder], /vocab\.json: no such file/],
    ['no such tokenizer', ['encode', 'x', '--tokenizer', 'gpt9'], /gpt9\/vocab\.json: no such file/],
    ['a character that is unknown', ['encode', 'Zürich', '--tokenizer', chars], /character "Z" \(U\+005A\)/],
    [
      'offsets of characters',
      ['encode', 'cat', '--tokenizer', chars, '--offsets'],
      /--offsets must be used with a byte-level BPE, got "char"/,
    ],
    [
      'special tokens of characters',
      ['encode', 'cat', '--tokenizer', chars, '--allow-special'],
      /--allow-special must be used with a byte-level BPE/,
    ],
    ['--count and --offsets', ['encode', 'x', '--count', '--offsets'], /cannot be used with option/],
    ['two texts', ['encode', 'x', 'y'], /too many arguments/],
  ])('%s: exit code 2 and the reason', async (_, args, message, run) => {
    const { code, stdout, stderr } = await start(args, run).done;
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('gpt tokenizer inspect', () => {
  test('shows borders, a table and totals', async () => {
    expect(await stdoutOf(['inspect', 'Hello 😀\nnew'])).toBe(
      [
        'Hello|·\\xf0\\x9f\\x98|\\x80|⏎',
        '|new',
        '',
        'id     token  bytes           characters',
        '15496  Hello  48 65 6c 6c 6f  0-5',
        '30325  ĠðŁĺ   20 f0 9f 98     5-8',
        '222    Ģ      80              6-8',
        '198    Ċ      0a              8-9',
        '3605   new    6e 65 77        9-12',
        '',
        '5 tokens, 11 characters, 14 bytes, 2.80 bytes per token',
        '',
      ].join('\n'),
    );
  });

  test('characters and GPT-1 have their own spelling', async () => {
    expect(await stdoutOf(['inspect', 'a cat', '--tokenizer', chars])).toMatch(/^a\|·\|c\|a\|t\n\n/);
    const shown = await stdoutOf(['inspect', 'Hi', '--tokenizer', gpt1]);
    expect(shown).toMatch(
      /^hi<\/w>\n\nid {2}token {3}bytes {2}characters\n5 {3}hi<\/w> {2}68 69\n\n1 token, /,
    );
  });

  test('--trace shows the merges', async () => {
    const stdout = await stdoutOf(['inspect', ' the', '--trace']);
    expect(stdout).toContain(
      [
        '·the',
        '              Ġ t h e',
        '  0  Ġ + t    Ġt h e',
        '  2  h + e    Ġt he',
        '  6  Ġt + he  Ġthe',
        '  = 262',
      ].join('\n'),
    );
  });

  test('--json has all of it', async () => {
    expect(JSON.parse(await stdoutOf(['inspect', 'é', '--json']))).toEqual({
      ...{ tokenizer: 'gpt2', kind: 'byte-bpe', tokens: 1, characters: 1, bytes: 2, bytesPerToken: 2 },
      list: [{ id: 2634, token: 'Ã©', bytes: [0xc3, 0xa9], start: 0, end: 1 }],
    });
    const traced = JSON.parse(await stdoutOf(['inspect', ' the', '--json', '--trace']));
    expect(traced.pieces).toMatchObject([{ piece: ' the', ids: [262], steps: [{}, {}, { rank: 6 }] }]);
  });

  test('colours are for terminals, or for who asks', async () => {
    expect(await stdoutOf(['inspect', 'a b'])).not.toContain('\x1b');
    const coloured = await stdoutOf(['inspect', 'a b', '--color']);
    expect(coloured.split('\n')[0]).toBe('\x1b[30;48;5;153ma\x1b[0m\x1b[30;48;5;223m·b\x1b[0m');
    expect(await stdoutOf(['inspect', 'a b', '--no-color'], { env: { FORCE_COLOR: '3' } })).not.toContain(
      '\x1b',
    );
  });

  test('nothing in a text reaches the terminal as a command', async () => {
    const hostile = '\x1b[2J\x1b]0;title\x07\x9b31m\u202eabc\u2028\ufeff\x7f\r\u200b\u00ad';
    for (const options of [[], ['--trace'], ['--json'], ['--json', '--trace']]) {
      const stdout = await stdoutOf(['inspect', '--no-color', ...options], { stdin: hostile });
      expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }
    expect(await stdoutOf(['inspect'], { stdin: hostile })).toMatch(/^\\u\{1b\}\|\[\|2\|J\|/);
  });

  test('a vocabulary may hold what it wants: characters that are no text, controls', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(odd);
    writeFileSync(
      join(odd, 'vocab.json'),
      '{"\\ud800":0,"\\u001b":1,"__proto__"'.replace(',"__proto__"', '}'),
    );
    writeFileSync(join(odd, 'tokenizer_config.json'), '{"tokenizer_class":"CharTokenizer"}');
    expect(await stdoutOf(['inspect', '\x1b', '--tokenizer', odd])).toMatch(/^\\u\{1b\}\n/);
    expect(await stdoutOf(['decode', '0', '--tokenizer', odd])).toBe('\ufffd');
  });

  test('a long text has no table, an empty one no tokens', async () => {
    const long = await stdoutOf(['inspect'], { stdin: 'word '.repeat(200) });
    expect(long).toMatch(
      /^word\|·word\|.*\n\n201 tokens, 1,000 characters, 1,000 bytes, 4\.98 bytes per token\n$/,
    );
    expect(await stdoutOf(['inspect'])).toBe('0 tokens, 0 characters, 0 bytes\n');
    expect(JSON.parse(await stdoutOf(['inspect', '--json']))).toMatchObject({
      bytesPerToken: null,
      list: [],
    });
  });

  test.concurrent.each<[string, string[], RegExp]>([
    [
      'the merges of characters',
      ['cat', '--tokenizer', chars, '--trace'],
      /--trace must be used with a byte-level BPE, got "char"/,
    ],
    [
      'the merges of a long text',
      ['a'.repeat(2001), '--trace'],
      /--trace must be used with at most 2000 characters, got 2001/,
    ],
  ])('%s: exit code 2 and the reason', async (_, args, message) => {
    const { code, stdout, stderr } = await start(['inspect', ...args]).done;
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

test.each(['train', 'encode', 'decode', 'inspect'])(
  'gpt tokenizer %s --help has examples that it names',
  async (name) => {
    const help = await stdoutOf([name, '--help']);
    expect(help).toContain('Examples:');
    expect(help).toContain(`gpt tokenizer ${name}`);
    expect(help).toContain('--json');
  },
);

test('no temporary file stays in a folder', () => {
  expect(readdirSync(small).sort()).toEqual([
    'merges.txt',
    'tokenizer.json',
    'tokenizer_config.json',
    'vocab.json',
  ]);
});
