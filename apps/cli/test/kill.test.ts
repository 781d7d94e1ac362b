/** Training that is killed again and again ends as one that never was. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Random } from '@gpt-ts/core';
import { beforeAll, expect, test } from 'vitest';
import { deeds, gpt, newFolder, type Printed, sampleText, startGpt, until, weights } from './gpt.js';

const TIMEOUT = 300_000;
const root = newFolder();
const at = (name: string) => join(root, name);

/** When a sitting is killed. */
type Moment =
  | { when: 'first-file' } // before there is a checkpoint
  | { when: 'resuming' } // as soon as it says that it goes on
  | { when: 'training'; ms: number } // so long after training begins
  | { when: 'writing'; file: string; nth: number }; // in the nth write of a file with that beginning

const temporaries = (folder: string, file = '') =>
  existsSync(folder)
    ? readdirSync(folder).filter((name) => name.startsWith(file) && name.endsWith('.tmp'))
    : [];

/** Kills the process when it is time; tells which temporary it left behind, if any. */
async function killed(
  folder: string,
  moment: Moment,
  ...args: string[]
): Promise<Printed & { left: string[] }> {
  const before = new Set(temporaries(folder));
  const seen = new Set<string>();
  const { child, done } = startGpt(...args);
  let said = '';
  let ended = false;
  child.stderr?.on('data', (data) => (said += data));
  child.once('close', () => (ended = true));
  const isTime = (): boolean => {
    if (moment.when === 'first-file') return existsSync(join(folder, 'run.json'));
    if (moment.when === 'resuming') return said.includes('Resuming');
    if (moment.when === 'training') return said.includes('memory ');
    for (const name of temporaries(folder, moment.file)) if (!before.has(name)) seen.add(name);
    return seen.size >= moment.nth;
  };
  await until(() => ended || isTime());
  if (moment.when === 'training') await new Promise((resolve) => setTimeout(resolve, moment.ms));
  child.kill('SIGKILL');
  const printed = await done;
  return { ...printed, left: temporaries(folder).filter((name) => !before.has(name)) };
}

/** Checks that two folders hold the same run, with nothing unfinished in the first. */
function expectSame(folder: string, whole: string): void {
  expect(deeds(folder)).toEqual(deeds(whole));
  expect(readdirSync(folder).sort()).toEqual(readdirSync(whole).sort());
  const [found, wanted] = [weights(folder), weights(whole)];
  for (const [name, bytes] of Object.entries(wanted)) expect(bytes.equals(found[name]), name).toBe(true);
}

beforeAll(() => {
  writeFileSync(at('a.txt'), sampleText(400));
  writeFileSync(at('b.txt'), sampleText(700).slice(20_000).toUpperCase());
});

test('gpt train, killed at 25 moments', { timeout: TIMEOUT }, async () => {
  const config = {
    preset: 'nano',
    model: { nCtx: 16, embdPdrop: 0.1, attnPdrop: 0.1, residPdrop: 0.1 },
    tokenizer: { kind: 'byte-bpe', nVocab: 300 },
    data: {
      sources: [
        { path: at('a.txt'), weight: 3 },
        { path: at('b.txt'), weight: 1 },
      ],
      evalTokens: 256,
    },
    settings: {
      ...{ batchSize: 6, microBatchSize: 2, emaDecay: 0.9, maxSteps: 160 },
      ...{ evalEvery: 20, sampleEvery: 40, checkpointEvery: 2, seed: 3 },
    },
    samples: { prompts: ['the', 'cat'], maxNewTokens: 5 },
  };
  writeFileSync(at('run.json'), JSON.stringify(config));
  const begin = ['train', '--config', at('run.json'), '--threads', '1', '--out'];
  const undisturbed = await gpt(...begin, at('whole'));
  expect({ code: undisturbed.code, stderr: undisturbed.code && undisturbed.stderr }).toEqual({
    code: 0,
    stderr: 0,
  });

  const random = new Random(25);
  const writing = (file: string, nth: number): Moment => ({ when: 'writing', file, nth });
  const first: Moment[] = [{ when: 'first-file' }, writing('checkpoint-00000000', 1), { when: 'first-file' }];
  const later: Moment[] = [
    ...Array.from({ length: 12 }, () => writing('checkpoint-', 1 + random.int(3))),
    writing('model.', 1),
    writing('model.', 2),
    writing('log.jsonl', 1),
    { when: 'resuming' },
    { when: 'resuming' },
    ...Array.from({ length: 5 }, (): Moment => ({ when: 'training', ms: random.int(200) })),
  ];
  const shuffled = later.map((moment) => ({ moment, key: random.uniform() })).sort((a, b) => a.key - b.key);
  const moments = [...first, ...shuffled.map(({ moment }) => moment)];
  expect(moments).toHaveLength(25);
  const out = at('killed');
  const left: string[] = [];
  for (const [i, moment] of moments.entries()) {
    const args = i === 0 ? [...begin, out] : ['train', '--resume', '--threads', '1', '--out', out];
    const { code, stderr, left: leaves } = await killed(out, moment, ...args);
    expect({ i, moment, code, stderr: code === null ? '' : stderr }).toMatchObject({
      code: null,
      stderr: '',
    });
    left.push(...leaves);
  }
  const inCheckpoints = left.filter((name) => name.startsWith('checkpoint-'));
  console.log(
    `${moments.length} kills; ${inCheckpoints.length} in a checkpoint's writing, ${left.length} in any file's`,
  );
  expect(inCheckpoints.length).toBeGreaterThanOrEqual(5);

  const last = await gpt('train', '--resume', '--threads', '1', '--out', out);
  expect(last).toMatchObject({ code: 0 });
  expectSame(out, at('whole'));
});

test('gpt finetune, killed three times', { timeout: TIMEOUT }, async () => {
  const base = at('base');
  const nano = ['--preset', 'nano', '--data', at('a.txt'), '--tokenizer', 'char', '--max-steps', '2'];
  await gpt('train', ...nano, '--out', base);
  const lines = sampleText(60).trim().split('\n');
  const rows = lines.map((line) => `${line},${line.includes('cat') ? 'cat' : 'none'}`);
  writeFileSync(at('cats.csv'), `text,label\n${rows.map((row) => row.slice(-24)).join('\n')}\n`);
  const begin = [
    'finetune',
    '--model',
    base,
    '--form',
    'classification',
    '--train',
    at('cats.csv'),
    '--threads',
    '1',
  ];
  const settings = [
    '--batch-size',
    '8',
    '--micro-batch-size',
    '2',
    '--epochs',
    '8',
    '--set',
    'checkpointEvery=2',
    'emaDecay=0.9',
  ];
  const whole = await gpt(...begin, ...settings, '--out', at('tuned-whole'));
  expect({ code: whole.code, stderr: whole.code && whole.stderr }).toEqual({ code: 0, stderr: 0 });

  const out = at('tuned');
  const resume = ['finetune', '--resume', '--threads', '1', '--out', out];
  const file = 'checkpoint-';
  const sittings: [Moment, string[]][] = [
    [{ when: 'writing', file, nth: 1 }, [...begin, ...settings, '--out', out]],
    [{ when: 'writing', file, nth: 4 }, resume],
    [{ when: 'training', ms: 300 }, resume],
  ];
  for (const [moment, args] of sittings) expect((await killed(out, moment, ...args)).code).toBe(null);
  expect((await gpt(...resume)).code).toBe(0);
  expectSame(out, at('tuned-whole'));
});
