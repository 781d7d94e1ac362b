import { describe, expect, test } from 'vitest';
import { gpt } from './gpt.js';

const TIMEOUT = 120_000;
const run = async (...args: string[]) => {
  const { code, stdout, stderr } = await gpt('bench', ...args, '--rounds', '1');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return { stdout, stderr };
};
const PEER = 'tfjs core ops on stock tfjs-backend-wasm';
const positive = expect.toSatisfy((value: number) => value > 0 && Number.isFinite(value));
const measured = { value: positive, ratio: positive };

describe('gpt bench', { timeout: TIMEOUT }, () => {
  test('--json gives the machine and the rows', async () => {
    const { stdout, stderr } = await run('kernels', '--only', 'add', '--simd', 'plain', '--json');
    const { machine, rows } = JSON.parse(stdout);
    expect(machine).toEqual({
      ...{ cpu: expect.any(String), cores: positive, memoryGiB: positive, platform: expect.any(String) },
      ...{ node: process.version, v8: expect.any(String), load: expect.any(Number), simd: ['plain'] },
    });
    const add = { shape: '1024x768', threads: 1, variant: 'plain', unit: 'ms', against: PEER, ...measured };
    expect(rows).toEqual([
      { name: 'add', ...add },
      { name: 'add, forward+backward', ...add },
    ]);
    expect(stderr).toMatch(/^add, forward\+backward {2}1024x768 {2}plain, 1 thread: \S+ ms, ratio /m);
  });

  test('products run in every configuration, each against the ceiling, and are summed up', async () => {
    const { stdout } = await run('kernels', '--only', 'A·B  256x768 ·', '--threads', '2', '--json');
    const product = { threads: 2, unit: 'GFLOP/s', against: 'multiply-add loop', ...measured };
    const names = ['matmul A·B, smallest ratio', 'matmul A·B, median ratio'];
    expect(JSON.parse(stdout).rows).toEqual([
      ...['relaxed', 'plain'].flatMap((variant) =>
        [768, 3072].map((n) => ({ name: 'matmul A·B', shape: `256x768 · 768x${n}`, variant, ...product })),
      ),
      ...['relaxed', 'plain'].flatMap((variant) =>
        names.map((name) => ({ name, shape: '2 sizes', variant, ...product })),
      ),
    ]);
  });

  test('without --json it is a table', async () => {
    const { stdout } = await run('kernels', '--only', 'fork', '--threads', '2');
    expect(stdout).toMatch(
      /^.+ cores, Node v\d+.*, load [\d.]+\n\nwhat +shape +threads +simd +median +ratio/,
    );
    expect(stdout).toMatch(/^fork–join, empty job +warm +2 +relaxed +\S+ µs +\S+ +bar 5 µs$/m);
  });

  test('a whole training step runs here and on the peer', async () => {
    const { stdout } = await run('train', '--only', 'shakespeare', '--threads', '1', '--json');
    const step = { shape: '12x64', threads: 1, variant: 'relaxed', ...measured };
    expect(JSON.parse(stdout).rows).toEqual([
      { name: 'training step shakespeare-char', ...step, unit: 'ms', against: PEER },
      {
        ...{ name: 'training step shakespeare-char, share', ...step },
        ...{ unit: 'GFLOP/s', against: 'multiply-add loop' },
      },
    ]);
  });

  test.each([
    [['kernels', '--only', 'nothing'], /--only must be a part of the name or shape of a row, got "nothing"/],
    [['kernels', '--simd', 'avx'], /'avx' is invalid/],
    [['train', '--rounds', '0'], /'0' is invalid\. Expected a whole number of 1 or more/],
    [['kernels', '--only', 'fork', '--threads', '1000'], /threads must be an integer from 1 to/],
    [['speed'], /unknown command 'speed'|too many arguments|error/],
  ])('%j: exit code 2 and the reason', async (args, message) => {
    const { code, stdout, stderr } = await gpt('bench', ...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});
