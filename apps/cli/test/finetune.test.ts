import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { deeds, gpt, newFolder, type Printed, sampleText, startGpt, until, weights } from './gpt.js';

const TIMEOUT = 120_000;
const folder = newFolder();
const at = (name: string) => join(folder, name);
const base = at('base');
const cats = at('cats.csv');
const tuned = at('tuned');

/** Writes a file and gives its path. */
function file(name: string, content: string): string {
  writeFileSync(at(name), content);
  return at(name);
}

/** Texts of one class or the other: those with a cat in them, and the rest. */
const texts = sampleText(80)
  .trim()
  .split('\n')
  .map((line) => line.slice(-24));
const labelled = texts.map((text) => ({ text, label: text.includes('cat') ? 'cat' : 'none' }));

const finetune = (...args: string[]): Promise<Printed> => gpt('finetune', '--model', base, ...args);
const classification = ['--form', 'classification', '--train', cats];
const quick = ['--batch-size', '8', '--epochs', '3', '--threads', '1'];

beforeAll(async () => {
  const data = file('text.txt', sampleText(400));
  const nano = ['--data', data, '--tokenizer', 'char', '--preset', 'nano'];
  const trained = await gpt('train', ...nano, '--max-steps', '2', '--out', base);
  expect({ code: trained.code, stderr: trained.code && trained.stderr }).toEqual({ code: 0, stderr: 0 });
  file('cats.csv', `text,label\n${labelled.map(({ text, label }) => `${text},${label}\n`).join('')}`);
  const { code, stdout, stderr } = await finetune(...classification, ...quick, '--out', tuned);
  expect({ code, stderr: code && stderr }).toEqual({ code: 0, stderr: 0 });
  expect(stdout).toMatch(
    /^27 updates on 72 examples in .+\. On 8 others:\n {2}accuracy {3}[01]\.\d{4}\n {2}majority /,
  );
  expect(stdout).toContain(`Saved in ${tuned}. Use with: gpt classify --model ${tuned} TEXT`);
}, TIMEOUT);

describe('gpt finetune', () => {
  test('leaves a folder that says what it is, with nothing temporary in it', () => {
    expect(readdirSync(tuned).sort()).toEqual([
      'checkpoint-00000018.safetensors',
      'checkpoint-00000027.safetensors',
      'config.json',
      'head.safetensors',
      'log.jsonl',
      'model.safetensors',
      'report.html',
      'task.json',
      'tokenizer_config.json',
      'vocab.json',
    ]);
    expect(JSON.parse(readFileSync(join(tuned, 'task.json'), 'utf8'))).toMatchObject({
      form: 'classification',
      classes: ['cat', 'none'],
      train: [{ path: cats }],
      settings: { batchSize: 8, maxSteps: 27, optimizer: 'adam-gpt1' },
    });
  });

  test('learns from CSV, TSV and JSONL alike, on one thread and on two, byte for byte', {
    timeout: TIMEOUT,
  }, async () => {
    const tsv = file(
      'cats.tsv',
      `label\ttext\n${labelled.map(({ text, label }) => `${label}\t${text}\n`).join('')}`,
    );
    const jsonl = file('cats.jsonl', labelled.map((each) => `${JSON.stringify(each)}\n`).join(''));
    for (const [i, path] of [tsv, jsonl].entries()) {
      const out = at(`again-${i}`);
      const args = ['--form', 'classification', '--train', path, ...quick, '--threads', `${i + 1}`];
      expect((await finetune(...args, '--out', out)).code).toBe(0);
      expect(deeds(out)).toEqual(deeds(tuned));
      for (const name of ['model.safetensors', 'head.safetensors']) {
        expect(readFileSync(join(out, name)).equals(readFileSync(join(tuned, name))), name).toBe(true);
      }
    }
  });

  test('Ctrl-C saves, says how to go on, and the resumed run is the uninterrupted one', {
    timeout: TIMEOUT,
  }, async () => {
    const long = [...classification, '--batch-size', '8', '--epochs', '12', '--threads', '1'];
    expect((await finetune(...long, '--out', at('whole'))).code).toBe(0);

    const out = at('stopped');
    const run = startGpt('finetune', '--model', base, ...long, '--json', '--out', out);
    await until(() => existsSync(join(out, 'log.jsonl')) && deeds(out).length > 20);
    run.child.kill('SIGINT');
    const stopped = await run.done;
    expect(stopped.stderr).toMatch(
      /Stopped and saved at step \d+\. Go on with: gpt finetune --resume --out /,
    );
    expect(stopped.code).toBe(130);
    const { reason, step } = JSON.parse(stopped.stdout);
    expect(reason).toBe('aborted');
    expect(step).toBeLessThan(108);

    const resumed = await gpt('finetune', '--resume', '--threads', '1', '--out', out);
    expect(resumed.stderr).toContain(`Resuming ${out} at step ${step}.`);
    expect(resumed.code).toBe(0);
    expect(deeds(out)).toEqual(deeds(at('whole')));
    expect(readdirSync(out).sort()).toEqual(readdirSync(at('whole')).sort());
    for (const [name, bytes] of Object.entries(weights(at('whole')))) {
      expect(bytes.equals(weights(out)[name]), name).toBe(true);
    }
  });

  test('--json prints one object on stdout and keeps progress on stderr', { timeout: TIMEOUT }, async () => {
    const out = at('json');
    const { stdout, stderr } = await finetune(...classification, ...quick, '--json', '--out', out);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ out, reason: 'done', step: 27, examples: 72, dev: 8, report: join(out, 'report.html') },
      accuracy: expect.any(Number),
    });
    expect(stderr).toMatch(/step 27\/27 {2}loss \d\.\d+/);
  });

  test('rows that cannot be read are left out and counted where that is asked for', {
    timeout: TIMEOUT,
  }, async () => {
    const path = file('gaps.csv', `${readFileSync(cats, 'utf8')},cat\nthe dog,\n`);
    const args = ['--form', 'classification', '--train', path, ...quick, '--epochs', '1'];
    const { code, stdout, stderr } = await finetune(
      ...args,
      '--skip-bad-rows',
      '--json',
      '--out',
      at('gaps'),
    );
    expect(stderr).toContain('2 rows could not be read and are left out.');
    expect({ code, examples: JSON.parse(stdout).examples }).toEqual({ code: 0, examples: 72 });
  });
});

describe('gpt classify', () => {
  test('names the class of a text, the same whether for people or programs', async () => {
    const { stdout } = await gpt('classify', '--model', tuned, 'the cat sings');
    const { stdout: json } = await gpt('classify', '--model', tuned, 'the cat sings', '--json');
    expect(json.trim().split('\n')).toHaveLength(1);
    const { best, label, names, probabilities } = JSON.parse(json);
    expect(names).toEqual(['cat', 'none']);
    expect(best).toBe(names[label]);
    expect(probabilities[label]).toBe(Math.max(...probabilities));
    expect(probabilities[0] + probabilities[1]).toBeCloseTo(1, 6);
    const lines = names.map((name: string, i: number) => {
      return `${i === label ? '>' : ' '} ${probabilities[i].toFixed(4)}  ${name}\n`;
    });
    expect(stdout).toBe(lines.join(''));
  });

  const pairs = texts.slice(0, 40).map((text, i) => [text.slice(0, 10), text.slice(10, 20), `${i % 2}`]);
  test.each([
    ['entailment', 'premise,hypothesis,label', ['red cat', 'blue dog'], ['0', '1']],
    ['similarity', 'a,b,label', ['red cat', 'blue dog'], ['0', '1']],
    ['multiple-choice', 'optionA,optionB,label', ['red', 'cat', 'dog'], ['cat', 'dog']],
  ])('learns and answers %s', { timeout: TIMEOUT }, async (form, header, asked, names) => {
    const choice = form === 'multiple-choice';
    const rows = pairs.map(([a, b, label]) =>
      (choice ? ['red', a, b, 'AB'[Number(label)]] : [a, b, label]).join(','),
    );
    const path = file(`${form}.csv`, `${choice ? 'context,' : ''}${header}\n${rows.join('\n')}\n`);
    const out = at(form);
    const tune = await finetune('--form', form, '--train', path, ...quick, '--epochs', '1', '--out', out);
    expect({ code: tune.code, stderr: tune.code && tune.stderr }).toEqual({ code: 0, stderr: 0 });
    const { code, stdout } = await gpt('classify', '--model', out, ...asked, '--json');
    expect({ code, names: JSON.parse(stdout).names }).toEqual({ code: 0, names });
    const few = await gpt('classify', '--model', out, 'red');
    expect(few.stderr).toMatch(/the texts must be (a premise and|two texts|a context and two)/);
    expect({ code: few.code, stdout: few.stdout }).toEqual({ code: 2, stdout: '' });
  });

  test.each<[string, () => string[], RegExp]>([
    [
      'two texts for one',
      () => [tuned, 'the cat', 'the dog'],
      /the texts must be one text, got \["the cat","the dog"\]/,
    ],
    [
      'a character that the tokenizer lacks',
      () => [tuned, 'the cät'],
      /the command line: row 1: must be a text that the tokenizer can encode, got "the cät"\. Character "ä"/,
    ],
    [
      'a model that was not fine-tuned',
      () => [base, 'the cat'],
      /base\/task\.json: is missing: no fine-tuning here/,
    ],
    ['no folder', () => [at('nowhere'), 'the cat'], /nowhere\/task\.json: is missing/],
  ])('%s: exit code 2 and the reason', async (_, args, message) => {
    const [model, ...given] = args();
    const { code, stdout, stderr } = await gpt('classify', '--model', model, ...given);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('bad input to gpt finetune', () => {
  const out = at('never');
  const own = (path: string, ...more: string[]) => ['--form', 'classification', '--train', path, ...more];
  const csv = (name: string, ...rows: string[]) => own(file(name, `text,label\n${rows.join('\n')}\n`));
  const cases: [string, () => string[], RegExp][] = [
    [
      'a missing column',
      () => own(file('column.csv', 'text\nhi\n')),
      /column\.csv: row 1: must be columns text, label, got "text"\./,
    ],
    [
      'a row that is too short',
      () => csv('short.csv', 'a cat,cat', 'a dog'),
      /short\.csv: row 3: must be 2 cells \(text, label\), got 1/,
    ],
    [
      'an empty text',
      () => csv('blank.csv', 'a cat,cat', ',none'),
      /blank\.csv: row 3, text: must be a text, got ""/,
    ],
    [
      'JSON that is none',
      () => own(file('bad.jsonl', '{"text":"a","label":"b"}\n{"text":}\n')),
      /bad\.jsonl: row 2: must be one JSON object .* At column 9: expected a value/,
    ],
    [
      'a label outside the set',
      () => [...classification, '--dev', file('dev.csv', 'text,label\na cat,cat\na dog,dgo\n')],
      /dev\.csv: row 3, label: must be one of cat, none, got "dgo"/,
    ],
    [
      'a character that the tokenizer lacks',
      () => [...classification, '--dev', file('u.csv', 'text,label\na cat,cat\na cät,cat\n')],
      /u\.csv: row 3: must be a text that the tokenizer can encode, got "a cät"\. Character "ä" \(U\+00E4\)/,
    ],
    [
      'one class alone',
      () => csv('one.csv', 'a cat,cat', 'the dog,cat'),
      /one\.csv: every label is "cat"\. Give examples of two classes/,
    ],
    ['a header alone', () => csv('header.csv'), /header\.csv: it holds no examples/],
    ['an empty file', () => own(file('empty.csv', '')), /empty\.csv: is empty/],
    ['a missing file', () => own(at('no.csv')), /no\.csv: does not exist/],
    [
      'a file of another kind',
      () => own(file('cats.txt', 'text')),
      /--train must be files whose names end in \.csv, \.tsv or \.jsonl/,
    ],
    [
      'the wrong form',
      () => ['--form', 'entailment', '--train', cats],
      /cats\.csv: row 1: must be columns premise, hypothesis, label, got "text, label"/,
    ],
    [
      'a form that there is not',
      () => ['--form', 'essay', '--train', cats],
      /'essay' is invalid\. Allowed choices are classification, /,
    ],
    ['no examples', () => [], /the examples must be given by --task with --data, or by --form with --train/],
    [
      'examples twice',
      () => [...classification, '--task', 'rte', '--data', folder],
      /the examples must be given by/,
    ],
    ['a published set that is not there', () => ['--task', 'sst-2', '--data', folder], /has no train\.tsv/],
    [
      'a misspelt setting',
      () => [...classification, '--set', 'maxStep=3'],
      /maxStep must be left out: .* Did you mean maxSteps\?/,
    ],
    [
      'a setting that is no number',
      () => [...classification, '--set', 'beta1=high'],
      /beta1 must be a .*number, got "high"/,
    ],
    [
      'a setting without a value',
      () => [...classification, '--set', 'beta1'],
      /'beta1' is invalid\. Expected name=value/,
    ],
    [
      'a batch larger than the examples',
      () => [...classification, '--batch-size', '73'],
      /--batch-size must be at most 72, the examples to learn from, got 73/,
    ],
    [
      'a longer row than the model has',
      () => [...classification, '--seq-len', '33'],
      /--seq-len must be at most the context of the model, 32, got 33/,
    ],
    [
      'dropping everything',
      () => [...classification, '--clf-pdrop', '1'],
      /'1' is invalid\. Expected a number from 0 up to, but not, 1/,
    ],
    [
      'warming up for ever',
      () => [...classification, '--warmup-share', '1'],
      /'1' is invalid\. Expected a number from 0 up to, but not, 1/,
    ],
    [
      'holding everything back',
      () => [...classification, '--dev-share', '1'],
      /share must be between 0 and 1, got 1/,
    ],
    ['a setting of another kind', () => [...classification, '--set', 'recompute=1'], /recompute must be/],
    [
      'no model',
      () => ['--model', at('nowhere'), ...classification],
      /nowhere\/config\.json: the file is missing/,
    ],
    ['resuming where no run is', () => ['--resume'], /--resume must be used with --out alone.*--model/],
  ];
  test.each(cases)('%s: exit code 2, the reason, and nothing written', async (_, args, message) => {
    const { code, stdout, stderr } = await finetune(...args(), '--out', out);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /); // no stack
    expect({ code, stdout, written: existsSync(out) }).toEqual({ code: 2, stdout: '', written: false });
  });

  test('no --model, and no run to resume', async () => {
    const missing = await gpt('finetune', ...classification, '--out', out);
    expect(missing.stderr).toMatch(/--model must be the folder of a trained model, unless a run is resumed/);
    const resumed = await gpt('finetune', '--resume', '--out', out);
    expect(resumed.stderr).toMatch(/never\/task\.json: is missing: no fine-tuning here/);
    expect([missing.code, resumed.code, existsSync(out)]).toEqual([2, 2, false]);
  });

  test('a folder that holds a run is not overwritten; the way on is the command that made it', async () => {
    const before = readFileSync(join(tuned, 'log.jsonl'));
    const { code, stderr } = await finetune(...classification, '--out', tuned);
    expect(stderr).toMatch(/--out must be a folder without a run, .* `gpt finetune --resume --out /);
    const other = await finetune(...classification, '--out', base);
    expect(other.stderr).toMatch(/--out must be a folder without a run, .* `gpt train --resume --out /);
    expect([code, other.code]).toEqual([2, 2]);
    expect(readFileSync(join(tuned, 'log.jsonl'))).toEqual(before);
  });

  test('a run whose examples have changed is not resumed', { timeout: TIMEOUT }, async () => {
    const path = file('changing.csv', readFileSync(cats, 'utf8'));
    const run = at('changed');
    const args = ['--form', 'classification', '--train', path, ...quick, '--epochs', '1'];
    expect((await finetune(...args, '--out', run)).code).toBe(0);
    writeFileSync(path, readFileSync(cats, 'utf8').replace('cat', 'dog'));
    const { code, stderr } = await gpt('finetune', '--resume', '--out', run);
    expect(stderr).toMatch(
      /changing\.csv: is not the file this run was started with\. Bring the old file back/,
    );
    expect(code).toBe(2);
  });

  test('a damaged task.json says so', { timeout: TIMEOUT }, async () => {
    const run = at('damaged');
    mkdirSync(run);
    const task = JSON.parse(readFileSync(join(tuned, 'task.json'), 'utf8'));
    const damages: [string, RegExp][] = [
      ['{', /task\.json: not valid JSON/],
      ['null', /task\.json: .* must be/],
      [JSON.stringify({ ...task, form: 'essay' }), /task\.json: form must be/],
      [
        JSON.stringify({ ...task, settings: { ...task.settings, batchSize: 0 } }),
        /task\.json: settings.*batchSize must be/,
      ],
    ];
    for (const [content, message] of damages) {
      writeFileSync(join(run, 'task.json'), content);
      const { code, stderr } = await gpt('classify', '--model', run, 'hi');
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n {4}at /); // no stack
      expect(code).toBe(2);
    }
  });
});
