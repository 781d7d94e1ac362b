import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { InvalidArgumentError, InvalidConfigError, InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { useReferenceBackend } from '@gpt-ts/kernels/reference';
import { loadConfig, loadModel } from '@gpt-ts/model';
import { describe, expect, test } from 'vitest';
import { inFolder } from './run-folder.js';

const root = mkdtempSync(join(tmpdir(), 'gpt-ts-'));
const sizes = { model_type: 'gpt2', n_layer: 2, n_head: 2, n_embd: 8, n_positions: 4, vocab_size: 5 };

/** A folder with this `config.json`. */
function folderOf(config: string): string {
  const folder = mkdtempSync(join(root, 'run-'));
  writeFileSync(join(folder, 'config.json'), config);
  return folder;
}

const messageOf = (folder: string, load: (storage: FolderStorage) => Promise<unknown>): Promise<string> =>
  inFolder(folder, () => load(new FolderStorage(folder))).then(
    () => 'none',
    (error) => error.message,
  );

describe('an error about a file begins with its path, once', () => {
  test.each<[string, string]>([
    ['{"n_layer": 2', 'not valid JSON. The file is cut short or damaged: fetch or write it again.'],
    ['[]', 'the file must be a JSON object, got [].'],
    [JSON.stringify({ ...sizes, n_layer: -1 }), 'n_layer must be an integer from 1 to 4096, got -1.'],
    [
      JSON.stringify({ ...sizes, n_embd: 9 }),
      'n_embd must be divisible by n_head = 2, got 9. Use 10, or give d_head.',
    ],
    [
      JSON.stringify({ model_type: 'bert' }),
      'model_type must be one of "gpt2", "openai-gpt", "gpt_neo", "nanogpt", "gpt-ts", got "bert".',
    ],
  ])('%s', async (config, message) => {
    const folder = folderOf(config);
    for (const load of [loadConfig, loadModel]) {
      expect(await messageOf(folder, load)).toBe(`${join(folder, 'config.json')}: ${message}`);
    }
  });

  test('however the folder is written', async () => {
    const folder = folderOf('[]');
    const [config, message] = [join(folder, 'config.json'), 'the file must be a JSON object, got [].'];
    expect(await messageOf(`${folder}/`, loadConfig)).toBe(`${config}: ${message}`);
    expect(await messageOf(`${folder}/../${basename(folder)}`, loadConfig)).toBe(`${config}: ${message}`);
    const here = relative('.', folder);
    expect(await messageOf(here, loadConfig)).toBe(`${join(here, 'config.json')}: ${message}`);
    mkdirSync(join(folder, 'vocab.json'));
    expect(await messageOf(`${folder}/`, (storage) => storage.read('vocab.json'))).toBe(
      `${join(folder, 'vocab.json')}: is a folder.`,
    );
  });
});

test('an error about a whole model begins with its folder', async () => {
  const large = { ...sizes, n_layer: 1000, n_head: 64, n_embd: 9152, n_positions: 1024, vocab_size: 50257 };
  const folder = folderOf(JSON.stringify(large));
  await useReferenceBackend(); // loading asks how much it holds
  const message = await messageOf(folder, loadModel);
  expect(message).toContain(`${folder}: the model's 1,005,697,566,016 parameters take 4.0 TB, but there is`);
});

test.each([
  new InvalidConfigError({ field: 'norm', expected: '"pre" in the layout gpt2', received: 'post' }),
  new InvalidArgumentError({ argument: 'nHead', expected: 'left out', received: 3 }),
  new InvalidFileError({ file: '/elsewhere/model.safetensors', problem: 'the disk is full' }),
  new Error('a bug'),
])('one about anything else is left as it is: %s', async (error) => {
  await expect(inFolder('some/folder', () => Promise.reject(error))).rejects.toBe(error);
});
