import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { deeds, gpt, newFolder, sampleText, startGpt, weights } from './gpt.js';

const TIMEOUT = 60_000;
const folder = newFolder();
const data = join(folder, 'text.txt');
const nano = ['--data', data, '--tokenizer', 'char', '--preset', 'nano'];
const trained = join(folder, 'trained');

beforeAll(async () => {
  writeFileSync(data, sampleText(400));
  const { code, stderr } = await gpt(
    'train',
    ...nano,
    '--max-steps',
    '40',
    '--checkpoint-every',
    '20',
    '--out',
    trained,
  );
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
}, TIMEOUT);

describe('gpt train', () => {
  test('leaves a run folder that says what it is, with nothing temporary in it', () => {
    expect(readdirSync(trained).sort()).toEqual([
      'checkpoint-00000000.safetensors', // the best that was known when the last was written
      'checkpoint-00000020.safetensors',
      'checkpoint-00000040.safetensors',
      'config.json',
      'log.jsonl',
      'model.safetensors',
      'report.html',
      'run.json',
      'tokenizer_config.json',
      'vocab.json',
    ]);
    expect(JSON.parse(readFileSync(join(trained, 'config.json'), 'utf8'))).toMatchObject({
      model_type: 'gpt2',
      n_layer: 2,
      n_head: 2,
      n_embd: 48,
      n_positions: 32,
    });
    const { tensors } = decodeSafetensors(
      readFileSync(join(trained, 'model.safetensors')),
      'model.safetensors',
    );
    expect(tensors.get('h.1.attn.c_attn.weight')?.shape).toEqual([48, 144]);
  });

  test('the same seed gives the same losses, digit for digit, on one thread and on two', {
    timeout: TIMEOUT,
  }, async () => {
    for (const threads of ['1', '2']) {
      const out = join(folder, `again-${threads}`);
      await gpt(
        'train',
        ...nano,
        '--max-steps',
        '40',
        '--checkpoint-every',
        '20',
        '--threads',
        threads,
        '--out',
        out,
      );
      expect(deeds(out)).toEqual(deeds(trained));
      expect(weights(out)).toEqual(weights(trained));
    }
  });

  test('Ctrl-C saves, says how to go on, and the resumed run is the uninterrupted one', {
    timeout: TIMEOUT,
  }, async () => {
    const out = join(folder, 'interrupted');
    const steps = ['--max-steps', '400', '--checkpoint-every', '1000'];
    const whole = join(folder, 'whole');
    await gpt('train', ...nano, ...steps, '--out', whole);

    const run = startGpt('train', ...nano, ...steps, '--out', out);
    const log = join(out, 'log.jsonl');
    while (!existsSync(log) || readFileSync(log, 'utf8').split('\n').length < 20) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    run.child.kill('SIGINT');
    const stopped = await run.done;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/Stopped and saved at step \d+\. Go on with: gpt train --resume --out /);

    const resumed = await gpt('train', '--resume', '--out', out);
    expect(resumed.code).toBe(0);
    expect(deeds(out)).toEqual(deeds(whole));
    const name = 'model.safetensors';
    expect(weights(out)[name].equals(weights(whole)[name])).toBe(true);
  });

  test('--json prints one object on stdout and keeps progress on stderr', { timeout: TIMEOUT }, async () => {
    const out = join(folder, 'json');
    const { stdout, stderr } = await gpt('train', ...nano, '--max-steps', '5', '--json', '--out', out);
    expect(JSON.parse(stdout)).toMatchObject({ out, reason: 'done', step: 5, tokens: 5 * 8 * 32 });
    expect(stderr).toMatch(/^memory {2}\S+ of 4096 MiB: parameters 0\.\d+, .* working space \S+$/m);
    expect(stderr).toMatch(/step 5\/5 {2}loss \d\.\d+/);
  });

  test('a byte-level BPE on stories needs no file at all', { timeout: TIMEOUT }, async () => {
    const out = join(folder, 'stories');
    const { code } = await gpt(
      'train',
      '--preset',
      'nano',
      '--vocab-size',
      '300',
      '--max-steps',
      '2',
      '--out',
      out,
    );
    expect(code).toBe(0);
    expect(readdirSync(out)).toContain('merges.txt');
    const { stdout } = await gpt('generate', '--model', out, '--max-new-tokens', '5', '--json');
    expect(JSON.parse(stdout).texts[0].ids).toHaveLength(5);
  });
});

describe('bad input to gpt train', () => {
  const out = join(folder, 'never');
  const file = (name: string, content: string) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const cases: [string, () => string[], RegExp][] = [
    ['a missing file', () => ['--data', join(folder, 'no.txt')], /no\.txt: does not exist/],
    ['an empty file', () => ['--data', file('empty.txt', '')], /empty\.txt: is empty/],
    ['a folder without texts', () => ['--data', newFolder()], /has no file whose name ends in \.txt/],
    [
      'a text shorter than the context',
      () => ['--data', file('short.txt', 'short'), '--tokenizer', 'char', '--preset', 'nano'],
      /short\.txt: its 5 tokens are too few .* 330 tokens or more, or a smaller --n-ctx/s,
    ],
    ['an unknown preset', () => ['--preset', 'gpt5'], /'gpt5' is invalid\. Allowed choices are nano, /],
    ['an unknown option', () => ['--speed', '9'], /unknown option '--speed'/],
    [
      'a step count that is none',
      () => ['--max-steps', '1.5'],
      /'1\.5' is invalid\. Expected a whole number of 1/,
    ],
    [
      'a width that the heads do not divide',
      () => [...nano, '--n-embd', '50', '--n-head', '4'],
      /nEmbd must be divisible by nHead = 4, got 50/,
    ],
    [
      'more threads than can run',
      () => [...nano, '--threads', '1000'],
      /threads must be an integer from 1 to 64, got 1000/,
    ],
    [
      'a run folder whose place is taken by a file',
      () => [...nano, '--out', data],
      /text\.txt\/run\.json: a part of the path/,
    ],
    [
      'a vocabulary size for characters',
      () => [...nano, '--vocab-size', '300'],
      /--vocab-size must be left out with the tokenizer char/,
    ],
    [
      "GPT-2's own batches, which no WebAssembly memory holds",
      () => ['--preset', 'gpt2'],
      /batches of 512 x 1024 tokens need .* of 4\.0 GiB: parameters 0\.\d+, .* A batch size of \d fits\./,
    ],
    [
      'a build of the kernels that there is not',
      () => [...nano, '--simd', 'avx'],
      /'avx' is invalid.* relaxed, plain/s,
    ],
    ['resuming where no run is', () => ['--resume'], /never\/run\.json: the file is missing/],
  ];
  test.each(cases)('%s: exit code 2, the reason, and nothing written', async (_, args, message) => {
    const { code, stdout, stderr } = await gpt('train', '--out', out, ...args());
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false });
  });

  test('a folder that holds a run is not overwritten', async () => {
    const before = readFileSync(join(trained, 'log.jsonl'));
    for (const command of [['train', ...nano], ['quickstart']]) {
      const { code, stderr } = await gpt(...command, '--out', trained);
      expect(stderr).toMatch(/--out must be a folder without a run/);
      expect(code).toBe(2);
    }
    expect(readFileSync(join(trained, 'log.jsonl'))).toEqual(before);
  });

  test('a run whose text has changed is not resumed', { timeout: TIMEOUT }, async () => {
    const text = file('changing.txt', sampleText(100));
    const run = join(folder, 'changed');
    await gpt(
      'train',
      '--data',
      text,
      '--tokenizer',
      'char',
      '--preset',
      'nano',
      '--max-steps',
      '2',
      '--out',
      run,
    );
    writeFileSync(text, sampleText(101));
    const { code, stderr } = await gpt('train', '--resume', '--out', run);
    expect(stderr).toMatch(/changing\.txt: the text is not the one this run was started with/);
    expect(code).toBe(2);
  });

  test('a diverging run stops, keeps its checkpoint and says what to lower', {
    timeout: TIMEOUT,
  }, async () => {
    const run = join(folder, 'diverging');
    const { code, stderr } = await gpt(
      'train',
      ...nano,
      '--learning-rate',
      '1e9',
      '--max-steps',
      '20',
      '--out',
      run,
    );
    expect(stderr).toMatch(
      /the gradient norm NaN.*The checkpoint of step 0 is untouched\. Lower the learning rate/s,
    );
    expect(code).toBe(2);
    const again = await gpt('train', '--resume', '--out', run);
    expect(again.stderr).toMatch(/Resuming \S+ at step 0\./); // it is whole
  });

  test('a run folder with a damaged run.json says so', async () => {
    const run = join(folder, 'damaged');
    mkdirSync(run);
    for (const content of [
      '{',
      'null',
      '{"format":1}',
      '{"format":1,"text":{"kind":"file"},"evalTokens":1}',
    ]) {
      writeFileSync(join(run, 'run.json'), content);
      const { code, stderr } = await gpt('train', '--resume', '--out', run);
      expect(stderr).toMatch(/damaged\/run\.json: not /);
      expect(code).toBe(2);
    }
  });
});

test('gpt quickstart trains on its own stories and prints what the model writes', {
  timeout: TIMEOUT,
}, async () => {
  const out = join(folder, 'quickstart');
  const { code, stdout } = await gpt(
    'quickstart',
    '--max-steps',
    '3',
    '--stories',
    '2',
    '--json',
    '--out',
    out,
  );
  const { step, stories, validationLoss } = JSON.parse(stdout);
  expect({ code, step, stories: stories.length }).toEqual({ code: 0, step: 3, stories: 2 });
  expect(validationLoss).toBeGreaterThan(0);
  const again = await gpt(
    'generate',
    '--model',
    out,
    '--temperature',
    '0.6',
    '--max-new-tokens',
    '300',
    '--json',
  );
  expect(JSON.parse(again.stdout).texts[0].text.trim()).toBe(stories[0]); // the folder holds the model that wrote them
});
