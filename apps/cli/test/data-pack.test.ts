import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { type Corpus, documentsOf, openLlmc, openNanoGpt } from '@gpt-ts/data';
import { openFile, openShardFolder } from '@gpt-ts/data/node';
import { loadTokenizer } from '@gpt-ts/tokenizer';
import { gpt2 } from '@gpt-ts/tokenizer/gpt2';
import { beforeAll, describe, expect, test } from 'vitest';
import { deeds, gpt, newFolder, sampleText, startGpt, until } from './gpt.js';

const TIMEOUT = 120_000;
const folder = newFolder();
const path = (name: string) => join(folder, name);
const listOf = (corpus: Corpus) => [...documentsOf(corpus)].map((ids) => [...ids]);

/** What a successful run prints as JSON. */
async function jsonOf(...args: string[]) {
  const { code, stdout, stderr } = await gpt(...args, '--json');
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

const pack = (...args: string[]) => jsonOf('data', 'pack', ...args);
const lines = sampleText(600).split('\n');
const documents = Array.from({ length: 60 }, (_, k) => lines.slice(10 * k, 10 * k + 10).join('\n'));
const stories = path('stories.txt');
const lone = path('lone.txt');
const mine = path('mine');

beforeAll(async () => {
  writeFileSync(stories, documents.join('<|endoftext|>'));
  writeFileSync(lone, sampleText(400));
  await gpt('tokenizer', 'train', stories, '--n-vocab', '300', '--out', mine);
}, TIMEOUT);

describe('gpt data pack', { timeout: TIMEOUT }, () => {
  test('writes the ids of every document, whichever format, and the tokenizer beside them', async () => {
    const common = ['--data', stories, '--tokenizer', mine];
    const shards = await pack(...common, '--shard-tokens', '1000', '--out', path('a'));
    const nano = await pack(...common, '--format', 'nanogpt', '--out', path('b'));
    const c = await pack(...common, '--format', 'llmc', '--shard-tokens', '1000', '--out', path('c'));

    const tokenizer = await loadTokenizer(new FolderStorage(mine));
    const known = documents.map((text) => tokenizer.encode(text));
    const eotId = tokenizer.eotId!;
    using opened = await openShardFolder(path('a'));
    expect(listOf(opened)).toEqual(known);
    expect([opened.nVocab, opened.eotId]).toEqual([tokenizer.nVocab, eotId]);
    expect(listOf(openNanoGpt(openFile(join(path('b'), 'train.bin')), { eotId }))).toEqual(known);
    const files = c.files.map((name: string) => openFile(join(path('c'), name)));
    expect(listOf(openLlmc(files, { eotId }))).toEqual(known);

    const tokens = known.flat().length;
    expect(shards).toEqual({
      ...{ out: path('a'), format: 'shards', nVocab: tokenizer.nVocab, documents: 60, tokens },
      files: Array.from({ length: Math.ceil(tokens / 1000) }, (_, i) => `train-0000${i}.safetensors`),
      ...{
        bytes: readFileSync(stories).length - 59 * '<|endoftext|>'.length + 59 * 13,
        seconds: expect.any(Number),
      },
    });
    expect([nano.files, c.files.length]).toEqual([['train.bin'], Math.ceil((tokens + 60) / 1000)]);
    for (const each of ['a', 'b', 'c']) {
      const loaded = await loadTokenizer(new FolderStorage(path(each)));
      expect(loaded).toMatchObject({ kind: 'byte-bpe', nVocab: tokenizer.nVocab, eotId });
    }
  });

  test('takes JSON lines, and folders of both', async () => {
    const both = path('both');
    mkdirSync(both);
    writeFileSync(join(both, 'a.txt'), '\ufeffOne.<|endoftext|><|endoftext|>Two.');
    writeFileSync(
      join(both, 'b.jsonl'),
      '{"text":"Three <|endoftext|> 😀"}\n\n{"id":4,"text":""}\r\n{"text":"Four"}',
    );
    writeFileSync(join(both, 'c.md'), 'not read');
    await pack('--data', both, '--out', path('gpt2'));
    using shards = await openShardFolder(path('gpt2'));
    const texts = ['One.', 'Two.', 'Three <|endoftext|> 😀', 'Four'];
    expect(listOf(shards)).toEqual(texts.map((text) => gpt2().encode(text)));
  });

  test('holds documents back, and training is judged on those', async () => {
    const report = await pack(
      '--data',
      stories,
      '--tokenizer',
      mine,
      '--held-out',
      '0.2',
      '--out',
      path('held'),
    );
    expect(report.files).toEqual(['train-00000.safetensors', 'validation-00000.safetensors']);
    using train = await openShardFolder(path('held'));
    using validation = await openShardFolder(path('held'), { name: 'validation' });
    expect(report.heldOut).toMatchObject({ documents: validation.begins.length, tokens: validation.tokens });
    const tokenizer = await loadTokenizer(new FolderStorage(mine));
    const both = [...listOf(train), ...listOf(validation)].map((ids) => tokenizer.decode(ids));
    expect(both.sort()).toEqual([...documents].sort());
    const out = path('held-run');
    await jsonOf('train', '--data', path('held'), '--preset', 'nano', '--max-steps', '1', '--out', out);
    const { count } = JSON.parse(deeds(out).find((line) => line.includes('eval-end'))!);
    expect(count).toBe(32 * Math.floor((validation.tokens + validation.begins.length) / 32));
  });

  test('says what it did, and how to go on', async () => {
    const { stdout } = await gpt(
      'data',
      'pack',
      '--data',
      lone,
      '--tokenizer',
      'char',
      '--out',
      path('said'),
    );
    expect(stdout).toMatch(
      /^1 documents, 1[\d,]+ tokens from 1[\d,]+ bytes in [\d.]+s, in 1 files\.\nSaved in /,
    );
    expect(stdout).toContain(`train --data ${path('said')}`);
  });

  test.each<[string, string[], string]>([
    ['a missing file', ['--data', 'no.txt'], 'no.txt: does not exist'],
    ['a folder of nothing', ['--data', newFolder()], 'has no file whose name ends in .txt or .jsonl'],
    [
      'held out of one document',
      ['--data', lone, '--tokenizer', 'char', '--held-out', '0.1'],
      '--held-out must be left out',
    ],
    ['a share of 1', ['--data', stories, '--held-out', '1'], 'share must be above 0 and below 1'],
    [
      'parts of one file',
      ['--data', stories, '--format', 'nanogpt', '--shard-tokens', '9'],
      '--shard-tokens must be left out',
    ],
    ['no text', ['--data', '/dev/null'], 'documents must be at least one that is not empty'],
  ])('refuses %s, and writes nothing', async (_, args, message) => {
    const out = path('refused');
    const { code, stderr } = await gpt('data', 'pack', ...args, '--out', out);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(readdirSync(folder)).not.toContain('refused');
  });

  test.each([
    ['{"text":"a"}\nnot json', 'lines.jsonl: line 2 is not valid JSON'],
    ['{"text":1}', 'lines.jsonl: line 1 has no text in its field "text"'],
    ['null', 'lines.jsonl: line 1 has no text in its field "text"'],
  ])('refuses the JSON lines %j', async (text, message) => {
    writeFileSync(path('lines.jsonl'), text);
    const { code, stderr } = await gpt('data', 'pack', '--data', path('lines.jsonl'), '--out', path('lines'));
    expect(stderr).toContain(message);
    expect([code, readdirSync(folder).includes('lines')]).toEqual([2, false]);
  });

  test('replaces what is there only with --force, and all of it', async () => {
    const out = path('twice');
    await pack('--data', stories, '--tokenizer', mine, '--shard-tokens', '500', '--out', out);
    const again = ['--data', lone, '--tokenizer', mine, '--out', out];
    const { code, stderr } = await gpt('data', 'pack', ...again);
    expect([code, stderr]).toEqual([2, expect.stringContaining('It has train-00000.safetensors.')]);
    const { files } = await pack(...again, '--force');
    expect(readdirSync(out).filter((name) => name.startsWith('train-'))).toEqual(files);
  });

  test('Ctrl-C leaves nothing', async () => {
    writeFileSync(path('long.txt'), `${documents.join('<|endoftext|>')}<|endoftext|>`.repeat(300));
    for (const [format, ...more] of [
      ['shards', '--shard-tokens', '300'],
      ['nanogpt'],
      ['llmc', '--shard-tokens', '300'],
    ]) {
      const out = path(`stopped-${format}`);
      mkdirSync(out);
      const args = [
        '--data',
        path('long.txt'),
        '--tokenizer',
        mine,
        '--format',
        format,
        ...more,
        '--out',
        out,
      ];
      const { child, done } = startGpt('data', 'pack', ...args);
      await until(() => readdirSync(out).length > 0);
      child.kill('SIGINT');
      const { code, stderr } = await done;
      expect({ format, code, left: readdirSync(out) }).toEqual({ format, code: 130, left: [] });
      expect(stderr).toContain('Stopped. Nothing was written.');
    }
  });
});

describe('gpt train on packed data', { timeout: TIMEOUT }, () => {
  const run = ['--preset', 'nano', '--max-steps', '20', '--eval-every', '10'];
  const train = (...args: string[]) => jsonOf('train', ...run, ...args);

  test.each([
    ['documents and a byte-level BPE', stories, ['--tokenizer', mine], ['--tokenizer-from', mine]],
    ['one document of characters', lone, ['--tokenizer', 'char'], ['--tokenizer', 'char']],
  ])('loses what training on the text loses, digit for digit (%s)', async (title, text, packer, trainer) => {
    const [out, a, b] = ['packed', 'from-text', 'from-shards'].map((name) => path(`${name}-${title.length}`));
    await pack('--data', text, ...packer, '--shard-tokens', '2000', '--out', out);
    await train('--data', text, ...trainer, '--out', a);
    await train('--data', out, '--out', b);
    expect(deeds(b)).toEqual(deeds(a));
    expect(deeds(b).length).toBeGreaterThan(20);
  });

  test('is resumed with the same shards, and refused with others', async () => {
    const [out, data] = [path('resumed'), path('resumed-data')];
    await pack('--data', stories, '--tokenizer', mine, '--out', data);
    await train('--data', data, '--out', out);
    expect((await gpt('train', '--resume', '--out', out)).code).toBe(0);
    await pack('--data', lone, '--tokenizer', mine, '--out', data, '--force');
    const { code, stderr } = await gpt('train', '--resume', '--out', out);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not the one this run was started with')]);
  });

  test('mixes with texts, by weight or end to end', async () => {
    const data = path('to-mix');
    await pack('--data', stories, '--tokenizer', mine, '--held-out', '0.2', '--out', data);
    await train('--data', data, lone, '--weights', '3', '1', '--out', path('mixed-by-weight'));
    const { step } = await train('--data', data, lone, '--out', path('mixed-end-to-end'));
    expect(step).toBe(20);
  });

  test('refuses another tokenizer, one to be learned, and damaged shards', async () => {
    const data = path('strict');
    await pack('--data', stories, '--tokenizer', mine, '--shard-tokens', '2000', '--out', data);
    const refused = async (...args: string[]) => {
      const { code, stderr } = await gpt('train', ...run, '--data', data, ...args, '--out', path('never'));
      expect([code, readdirSync(folder).includes('never')]).toEqual([2, false]);
      return stderr;
    };
    expect(await refused('--tokenizer-from', 'gpt2')).toContain(
      'these shards were encoded by another tokenizer',
    );
    expect(await refused('--tokenizer', 'char')).toContain('was encoded when it was packed');
    truncateSync(join(data, 'train-00002.safetensors'), 1000);
    expect(await refused()).toContain('train-00002.safetensors: ');
  });
});
