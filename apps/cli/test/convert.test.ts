import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gpt, newFolder, sampleText } from './gpt.js';

const folder = newFolder();
const model = join(folder, 'model');
const at = (name: string) => join(folder, name);
const read = (...path: string[]) => readFileSync(join(folder, ...path));

beforeAll(async () => {
  const data = at('text.txt');
  writeFileSync(data, sampleText(100));
  const nano = ['--data', data, '--tokenizer', 'char', '--preset', 'nano', '--max-steps', '1'];
  expect((await gpt('train', ...nano, '--out', model)).code).toBe(0);
}, 60_000);

describe('gpt convert', () => {
  test('goes to llm.c and back to the same file', async () => {
    const to = await gpt('convert', '--from', model, '--to', at('c'), '--layout', 'llm.c', '--json');
    expect(JSON.parse(to.stdout)).toMatchObject({ from: 'gpt2', layout: 'llm.c', config: { nLayer: 2 } });
    const back = await gpt('convert', '--from', at('c/model.bin'), '--to', at('back'));
    expect(back.stdout).toContain(`llm.c to gpt2:`);
    expect(read('back/model.safetensors').equals(read('model/model.safetensors'))).toBe(true);
  });

  test('takes the tokenizer along, so that the copy writes like the original', async () => {
    const args = ['--layout', 'gpt-ts', '--max-shard-size', '50kB'];
    expect((await gpt('convert', '--from', model, '--to', at('ours'), ...args)).code).toBe(0);
    expect(readdirSync(at('ours')).filter((name) => name.endsWith('.safetensors')).length).toBeGreaterThan(2);
    const write = (from: string) =>
      gpt('generate', '--model', from, '--max-new-tokens', '20', '--prompt', 'the');
    expect((await write(at('ours'))).stdout).toBe((await write(model)).stdout);
  });

  test('overwrites weights only with --force, and leaves no second kind', async () => {
    const args = ['convert', '--from', model, '--to', at('twice')];
    expect((await gpt(...args, '--max-shard-size', '50kB')).code).toBe(0);
    const { code, stderr } = await gpt(...args);
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('overwrite it with --force'),
    });
    writeFileSync(at('twice/note.txt'), 'mine');
    expect((await gpt(...args, '--force', '--dtype', 'bf16')).code).toBe(0);
    const kept = ['config.json', 'model.safetensors', 'note.txt', 'tokenizer_config.json', 'vocab.json'];
    expect(readdirSync(at('twice')).sort()).toEqual(kept);
    expect((await gpt('generate', '--model', at('twice'), '--max-new-tokens', '2')).code).toBe(0);
  });

  test('takes away the files of another tokenizer, with the weights they belonged to', async () => {
    const args = ['convert', '--from', model, '--to', at('other-tokenizer'), '--force'];
    expect((await gpt(...args)).code).toBe(0);
    writeFileSync(at('other-tokenizer/merges.txt'), 'a b');
    expect((await gpt(...args)).code).toBe(0);
    expect(readdirSync(at('other-tokenizer'))).not.toContain('merges.txt');
  });

  test.skipIf(process.platform === 'win32')('refuses a pipe, and does not wait for it', async ({ skip }) => {
    mkdirSync(at('pipe'));
    if (spawnSync('mkfifo', [at('pipe/config.json')]).status !== 0) skip('no mkfifo here');
    for (const args of [
      ['convert', '--to', at('never'), '--from'],
      ['info', '--model'],
    ]) {
      const { code, stderr } = await gpt(...args, at('pipe'));
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: `gpt: ${at('pipe/config.json')}: is a pipe, not a file.\n`,
      });
    }
  });

  test.each([
    ['a source that is not there', ['--from', at('nowhere')], /nowhere: there is no such file or folder/],
    ['a folder without a model', ['--from', folder], /config\.json: the file is missing/],
    ['its own source', ['--from', model, '--to', model], /--to must be another folder than --from/],
    [
      'a layout that cannot tell it',
      ['--from', model, '--layout', 'nanogpt'],
      /gpt: config: activation must be "gelu-exact" in the layout nanogpt, got "gelu"\. Layouts that can hold it: gpt2,/,
    ],
    [
      'heads that its config does not have',
      ['--from', model, '--n-head', '3'],
      /nHead must be left out, or 2 as the files of the model say, got 3/,
    ],
    ['a size that is none', ['--from', model, '--max-shard-size', 'big'], /Expected a size such as 2GB/],
    [
      'a type that llm.c has not',
      ['--from', model, '--layout', 'llm.c', '--dtype', 'f16'],
      /dtype must be F32 or BF16/,
    ],
  ])('refuses %s and writes nothing', async (_, args, message) => {
    const { code, stdout, stderr } = await gpt('convert', '--to', at('never'), ...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readdirSync(folder)).not.toContain('never');
  });
});
