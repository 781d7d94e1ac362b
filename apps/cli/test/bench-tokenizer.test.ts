import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gpt, newFolder, sampleText } from './gpt.js';

const folder = newFolder();
writeFileSync(join(folder, 'a.txt'), `\ufeff${sampleText(40)}`);
writeFileSync(join(folder, 'b.txt'), `It's a naïve café, 你好 😀 — <|endoftext|>\n${sampleText(10)}`);

const OURS = '@gpt-ts/tokenizer';
const PEERS = ['gpt-tokenizer', 'js-tiktoken', 'tiktoken', '@huggingface/tokenizers'];
const positive = expect.toSatisfy((value: number) => value > 0 && Number.isFinite(value));
const figures = { value: positive, spread: [positive, positive] };
const onPeer = expect.toSatisfy((name: string) => PEERS.includes(name));

const bench = async (...args: string[]) => {
  const { code, stdout, stderr } = await gpt('bench', 'tokenizer', '--quick', '--data', folder, ...args);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return { stdout, stderr };
};

describe('gpt bench tokenizer', { timeout: 120_000 }, () => {
  test('every library of npm gives the same ids, and is measured beside ours', async () => {
    const { stdout, stderr } = await bench('--only', 'code,', '--json');
    const { machine, text, agreement, rows } = JSON.parse(stdout);
    const beside = rows.filter(({ name }: { name: string }) => name !== 'encode, line by line');
    expect(machine).toMatchObject({ cpu: expect.any(String), node: process.version });
    expect(text).toEqual({ source: expect.stringMatching(/^2 files, .*a\.txt first$/), bytes: positive });
    expect(agreement).toEqual(
      [OURS, ...PEERS].map((library) => {
        return { library, version: expect.stringMatching(/^\d+\.\d+\.\d+$/), tokens: agreement[0].tokens };
      }),
    );
    const bars = Object.entries({ 'encode, cold': 2.5, 'encode, warm': 2.5, 'decode, warm': 1.5 });
    expect(beside).toEqual([
      ...bars.flatMap(([name, bar]) => [
        { name, library: OURS, ...figures, unit: 'MB/s', against: onPeer, ratio: positive, bar },
        ...PEERS.map((library) => ({ name, library, ...figures, unit: 'MB/s' })),
      ]),
    ]);
    expect(stderr).toMatch(/^tiktoken 1\.\S+: the same ids\.$/m);
  });

  test('other ways to encode are measured against encode', async () => {
    for (const name of ['count', 'encodeBatch, all cores', 'encode, line by line']) {
      const { stdout } = await bench('--only', name, '--json');
      const row = { name, library: OURS, ...figures, unit: 'MB/s', against: 'encode', ratio: positive };
      expect(JSON.parse(stdout)).toMatchObject({ agreement: [], rows: [row] });
    }
  });

  test('time grows as the text does: a table says by how much', async () => {
    const { stdout } = await bench('--only', 'text, a');
    expect(stdout).toMatch(/^.+ cores, Node v\d+.*, load [\d.]+\n\nwhat +library +median +least +most +unit/);
    expect(stdout).toMatch(
      /^ten times the text, a +@gpt-ts\/tokenizer( +[\d.]+){3} +times as long( +[\d.]+){2} +12/m,
    );
  });

  test.each([
    [['--only', 'nothing'], /--only must be a part of the name of a row, got "nothing"/],
    [['--rounds', '0'], /'0' is invalid/],
    [['--quick', '--only', 'merges'], /--only must be a part of the name of a row/], // training is left out
  ])('%j: exit code 2 and the reason', async (args, message) => {
    const { code, stdout, stderr } = await gpt('bench', 'tokenizer', ...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a folder without text is an error', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const { code, stderr } = await gpt('bench', 'tokenizer', '--data', empty);
    expect(stderr).toMatch(/--data must be a folder with \*\.txt files/);
    expect(code).toBe(2);
  });
});
