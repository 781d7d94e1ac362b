import { cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeSafetensors } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { gpt, newFolder, sampleText, startGpt } from './gpt.js';

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

  const json = async (...args: string[]) =>
    JSON.parse((await gpt('generate', '--model', model, ...args, '--json')).stdout);

  test('--json holds what was drawn', async () => {
    const got = await json('--prompt', 'cat', '--max-new-tokens', '3', '--log-probs', '2');
    expect(got).toMatchObject({ seed: 0, temperature: 0.8, maxNewTokens: 3, samples: 1 });
    const [text] = got.texts;
    expect(got.texts).toHaveLength(1);
    expect(text).toMatchObject({
      prompt: 'cat',
      sample: 0,
      text: expect.stringMatching(/^.{3}$/s),
      reason: 'length',
    });
    expect([text.ids.length, text.logProbs.length, text.top.length]).toEqual([3, 3, 3]);
    for (const [i, top] of text.top.entries()) {
      expect(top).toHaveLength(2);
      expect(text.logProbs[i]).toBeLessThanOrEqual(top[0].logProb);
    }
  });

  test('several prompts, from a file too, with several samples each, are written side by side', async () => {
    const file = join(folder, 'prompt.txt');
    writeFileSync(file, 'the dog sings and');
    const args = ['--max-new-tokens', '40', '--top-p', '0.9', '--top-p-rule', 'gpt2-release'];
    const { texts } = await json('--prompt', 'cat', '--prompt-file', file, '--samples', '2', ...args);
    expect(texts.map(({ prompt, sample }: { prompt: string; sample: number }) => [prompt, sample])).toEqual([
      ['cat', 0],
      ['cat', 1],
      ['the dog sings and', 0],
      ['the dog sings and', 1],
    ]);
    const alone = await json('--prompt-file', file, ...args);
    expect(alone.texts[0].ids).toEqual(texts[2].ids);
    const shown = await gpt('generate', '--model', model, '--prompt', 'cat', '--samples', '2', ...args);
    expect(shown.stdout).toBe(`cat${texts[0].text}\n---\ncat${texts[1].text}\n`);
  });

  test('--stop ends before its text', async () => {
    const args = ['--prompt', 'cat', '--max-new-tokens', '60', '--repetition-penalty', '1.1'];
    const [{ text }] = (await json(...args)).texts;
    const stop = text.slice(20, 23);
    const [stopped] = (await json(...args, '--stop', 'ZZZ', '--stop', stop)).texts;
    expect(stopped).toMatchObject({ text: text.slice(0, text.indexOf(stop)), reason: 'stop', stop });
    const { stdout } = await gpt('generate', '--model', model, ...args, '--stop', stop);
    expect(stdout).toBe(`cat${stopped.text}\n`);
  });

  test('--beam finds likelier texts than drawing, best first', async () => {
    const args = ['--prompt', 'cat', '--max-new-tokens', '8'];
    const { texts } = await json(...args, '--beam', '3', '--length-penalty', '0');
    expect(texts).toHaveLength(3);
    const scores = texts.map(({ score }: { score: number }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    const [drawn] = (await json(...args)).texts;
    expect(texts[0].logProb).toBeGreaterThan(drawn.logProbs.reduce((sum: number, x: number) => sum + x, 0));
  });

  test('Ctrl-C prints what there is', async () => {
    const args = ['generate', '--model', model, '--prompt', 'cat', '--max-new-tokens', '1000000', '--json'];
    const { child, done } = startGpt(...args);
    setTimeout(() => child.kill('SIGINT'), 4000);
    const { code, stdout } = await done;
    expect(code).toBe(130);
    const { texts } = JSON.parse(stdout);
    expect(texts[0].reason).toBe('aborted');
    expect(texts[0].text).toHaveLength(texts[0].ids.length);
    expect(texts[0].ids.length).toBeGreaterThan(0);
  });

  test.each([
    [['--length-penalty', '1'], '--length-penalty must be given with --beam'],
    [['--log-probs', '1'], '--log-probs must be given with --json'],
    [['--beam', '2', '--top-k', '3'], "option '--beam <width>' cannot be used with option '--top-k <n>'"],
    [['--top-p', '2'], 'topP must be from 0 to 1, got 2.'],
    [['--slide-by', '33'], 'slideBy must be an integer from 1 to nCtx (32), got 33.'],
  ])('%j: exit code 2 and the reason', async (args, message) => {
    const { code, stderr } = await gpt('generate', '--model', model, '--prompt', 'cat', ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
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
