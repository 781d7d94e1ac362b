import { cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { gpt, newFolder, sampleText } from './gpt.js';

const folder = newFolder();
const model = join(folder, 'model');

beforeAll(async () => {
  const data = join(folder, 'text.txt');
  writeFileSync(data, sampleText(400));
  const nano = ['--data', data, '--tokenizer', 'char', '--preset', 'nano'];
  const { code } = await gpt('train', ...nano, '--max-steps', '20', '--out', model);
  expect(code).toBe(0);
}, 60_000);

describe('gpt generate', () => {
  test('continues the prompt; the same seed writes the same, another seed something else', async () => {
    const args = ['generate', '--model', model, '--prompt', 'the cat', '--max-new-tokens', '30'];
    const [a, b, c] = [
      await gpt(...args),
      await gpt(...args, '--seed', '0'),
      await gpt(...args, '--seed', '1'),
    ];
    expect(a.stdout.startsWith('the cat')).toBe(true);
    expect(a.stdout).toHaveLength('the cat'.length + 30 + 1);
    expect(b.stdout).toBe(a.stdout);
    expect(c.stdout).not.toBe(a.stdout);
  });

  test('--json holds what was drawn', async () => {
    const { stdout } = await gpt(
      'generate',
      '--model',
      model,
      '--prompt',
      'cat',
      '--max-new-tokens',
      '3',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({
      prompt: 'cat',
      text: expect.stringMatching(/^.{3}$/s),
      seed: 0,
    });
  });
});

describe('gpt score', () => {
  test('writes the logits, [T, nVocab], whose log-softmax it reports', async () => {
    const file = join(folder, 'logits.safetensors');
    const args = ['--tokens', '[1,2,3,0]', '--logits', file, '--json'];
    const { stdout } = await gpt('score', '--model', model, ...args);
    const { logProbs } = JSON.parse(stdout);
    const { shape, data } = decodeSafetensors(readFileSync(file), file).tensors.get('logits')!;
    const nVocab = shape[1];
    expect(shape[0]).toBe(4);
    for (const [t, next] of [2, 3, 0].entries()) {
      const row = [...data.subarray(t * nVocab, (t + 1) * nVocab)];
      const want = row[next] - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
      expect(Math.abs(logProbs[t] - want)).toBeLessThan(1e-5); // seen: 5e-7
    }
  });

  test('bits per byte follow from nats per token', async () => {
    const { stdout } = await gpt(
      'score',
      '--model',
      model,
      '--text',
      'the cat sings and then the dog',
      '--json',
    );
    const { nats, natsPerToken, bytes, tokens, bitsPerByte } = JSON.parse(stdout);
    expect({ tokens, bytes }).toEqual({ tokens: 29, bytes: 29 }); // nothing comes before the first character
    expect(natsPerToken).toBeCloseTo(nats / 29, 12);
    expect(bitsPerByte).toBeCloseTo(nats / 29 / Math.LN2, 12);
  });
});

test('gpt info says what a folder holds and what the machine runs on', async () => {
  expect(JSON.parse((await gpt('info', '--model', model, '--json')).stdout)).toMatchObject({
    config: { nLayer: 2, nHead: 2, nEmbd: 48, nCtx: 32 },
  });
  const machine = JSON.parse((await gpt('info', '--threads', '2', '--simd', 'plain', '--json')).stdout);
  expect(machine).toMatchObject({
    ...{ backend: 'wasm', simd: 'plain', threads: 2 },
    ...{ threadsBecause: expect.any(String), memoryLimitBytes: 2 ** 32, memoryLimitGiB: 4 },
  });
});

describe('bad input', () => {
  const broken = (name: string, damage: (folder: string) => void) => {
    const copy = join(folder, name);
    cpSync(model, copy, { recursive: true });
    damage(copy);
    return copy;
  };
  const edit = (path: string, from: string | RegExp, to: string) =>
    writeFileSync(path, readFileSync(path, 'latin1').replace(from, to), 'latin1');
  const logits = join(folder, 'never.safetensors');
  const cases: [string, () => string[], RegExp][] = [
    ['a folder without a model', () => ['generate', '--model', folder], /config\.json: the file is missing/],
    [
      'a token outside the vocabulary',
      () => ['score', '--model', model, '--tokens', '[1,5000]', '--logits', logits],
      /token 5000 at position 1 is not an id from 0 to \d+/,
    ],
    [
      'tokens that are no ids',
      () => ['score', '--model', model, '--tokens', '["a"]'],
      /token "a" at position 0/,
    ],
    [
      'tokens that are no list',
      () => ['score', '--model', model, '--tokens', '{'],
      /--tokens must be a JSON list/,
    ],
    [
      'more tokens than the context when logits are wanted',
      () => [
        'score',
        '--model',
        model,
        '--tokens',
        JSON.stringify(new Array(40).fill(1)),
        '--logits',
        logits,
      ],
      /40 tokens exceed nCtx 32/,
    ],
    [
      'a character the model never saw',
      () => ['score', '--model', model, '--text', 'Zürich'],
      /character "Z" \(U\+005A\)/,
    ],
    [
      'truncated weights',
      () => [
        'generate',
        '--model',
        broken('cut', (at) => truncateSync(join(at, 'model.safetensors'), 50_000)),
      ],
      /cut\/model\.safetensors: \S+: data ends at byte/,
    ],
    [
      'a header that lies about a shape',
      () => [
        'generate',
        '--model',
        broken('lying', (at) => edit(join(at, 'model.safetensors'), '[48,144]', '[48,145]')),
      ],
      /lying\/model\.safetensors: h\.0\.attn\.c_attn\.weight: shape \[48,145\] of F32 needs 27840 bytes/,
    ],
    [
      'a header longer than its file',
      () => [
        'generate',
        '--model',
        broken('long', (at) => {
          const bytes = readFileSync(join(at, 'model.safetensors'));
          bytes.writeBigUInt64LE(2n ** 63n, 0);
          writeFileSync(join(at, 'model.safetensors'), bytes);
        }),
      ],
      /long\/model\.safetensors: the header claims 9223372036854775808 bytes/,
    ],
    [
      'a config whose width the heads do not divide',
      () => [
        'generate',
        '--model',
        broken('odd', (at) => edit(join(at, 'config.json'), /"n_embd": 48/, '"n_embd": 47')),
      ],
      /odd\/config\.json: n_embd must be divisible by n_head = 2, got 47/,
    ],
  ];
  test.each(cases)('%s: exit code 2 and the reason', async (_, args, message) => {
    const { code, stdout, stderr } = await gpt(...args());
    expect(stderr).toMatch(message);
    expect({ code, stdout, written: existsSync(logits) }).toEqual({ code: 2, stdout: '', written: false });
  });
});
