import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openDuckDb } from './duck-db.js';
import { readManifest } from './manifest.js';
import { runPipeline } from './run-pipeline.js';
import type { Stage, StageEvent } from './stage.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'gpt-ts-stage-'));

/** Keeps even numbers; `onRecord` may stop it. */
function evens(onRecord: (id: number) => void = () => {}, options = {}): Stage {
  return {
    name: 'evens',
    version: 1,
    options,
    over: 'each',
    partRecords: 3,
    async *run(job) {
      for await (const { id } of job.records()) {
        onRecord(Number(id));
        if (Number(id) % 2 === 0) yield { keep: { id } };
        else yield { drop: { id }, reason: 'odd' };
      }
    },
  };
}

/** All records from largest to smallest, through DuckDB. */
const backwards: Stage = {
  name: 'backwards',
  version: 1,
  options: {},
  over: 'all',
  async *run({ inputs, scratch }) {
    using db = await openDuckDb({ scratch });
    const files = `[${inputs.map((path) => `'${path}'`).join(', ')}]`;
    for await (const row of db.rows(`select id from read_json(${files}) order by id desc`))
      yield { keep: row };
  },
};

function inputs(folder: string): string[] {
  return [0, 1, 2].map((file) => {
    const path = join(folder, `${file}.jsonl${file === 1 ? '.gz' : ''}`);
    const lines = Array.from({ length: 10 }, (_, i) => `{"id":${file * 10 + i}}\n`).join('');
    writeFileSync(path, file === 1 ? gzipSync(lines) : lines);
    return path;
  });
}

/** Every file of records below a run folder, by name. */
function contents(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.jsonl'),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

test('stages pass on what they keep, and count what they drop', async () => {
  const folder = newFolder();
  const run = join(folder, 'run');
  const [first, second] = await runPipeline([evens(), backwards], { folder: run, inputs: inputs(folder) });
  expect(first.counts).toEqual({ in: 30, out: 15, dropped: { odd: 15 } });
  expect(first.parts.map(({ name, records }) => `${name} ${records}`)).toEqual([
    'part-00000-000.jsonl 3',
    'part-00000-001.jsonl 2',
    'part-00001-000.jsonl 3',
    'part-00001-001.jsonl 2',
    'part-00002-000.jsonl 3',
    'part-00002-001.jsonl 2',
  ]);
  expect(second.counts).toEqual({ in: 15, out: 15, dropped: {} });
  expect(second.inputs).toEqual(first.parts.map(({ records: _, ...facts }) => facts));
  const files = contents(run);
  expect(files['backwards/part-00000-000.jsonl']).toMatch(/^\{"id":28\}\n\{"id":26\}\n.*\{"id":0\}\n$/s);
  expect(files['evens/dropped-00001.jsonl']).toMatch(/^\{"id":11,"reason":"odd"\}\n/);
});

test('a stage that is whole is skipped; other options, inputs or a damaged part are not', async () => {
  const folder = newFolder();
  const run = join(folder, 'run');
  const files = inputs(folder);
  const read: number[] = [];
  const go = async (stage: Stage, some = files) => {
    read.length = 0;
    const ends: string[] = [];
    const onEvent = (event: StageEvent) =>
      event.type === 'stage-end' && ends.push(`${event.stage} ${event.skipped}`);
    await runPipeline([stage], { folder: run, inputs: some, onEvent });
    return ends;
  };
  const stage = evens((id) => read.push(id));
  expect(await go(stage)).toEqual(['evens false']);
  expect(await go(stage)).toEqual(['evens true']);
  expect(read).toEqual([]);
  expect(await go(stage, [files[0]])).toEqual(['evens false']);
  expect(read).toEqual([]); // its job was done
  expect(readdirSync(join(run, 'evens'))).toHaveLength(2 + 3);
  expect(
    await go(
      evens((id) => read.push(id), { other: true }),
      [files[0]],
    ),
  ).toEqual(['evens false']);
  expect(read).toHaveLength(10);
  writeFileSync(join(run, 'evens', 'part-00000-000.jsonl'), '');
  await expect(
    go(
      evens((id) => read.push(id), { other: true }),
      [files[0]],
    ),
  ).rejects.toThrow(/its manifest says/);
});

test('a run that is stopped at any record goes on to the same bytes', { timeout: 60_000 }, async () => {
  const folder = newFolder();
  const files = inputs(folder);
  const whole = join(folder, 'whole');
  await runPipeline([evens(), backwards], { folder: whole, inputs: files });
  for (let stopAt = 0; stopAt < 30; stopAt += 7) {
    const run = join(folder, `stopped-${stopAt}`);
    const controller = new AbortController();
    const stage = evens((id) => id === stopAt && controller.abort());
    const options = { folder: run, inputs: files };
    const stopped = runPipeline([stage, backwards], { ...options, signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readManifest(join(run, 'evens'))).toBeUndefined();
    const read: number[] = [];
    await runPipeline([evens((id) => read.push(id)), backwards], options);
    expect(read).toHaveLength(30 - Math.floor(stopAt / 10) * 10);
    expect(contents(run)).toEqual(contents(whole));
    expect(readdirSync(join(run, 'evens'))).toEqual(readdirSync(join(whole, 'evens')));
  }
});

test('a folder has one run at a time', async () => {
  const folder = newFolder();
  const options = { folder, inputs: inputs(folder) };
  const inside = {
    ...evens(),
    run: async function* () {
      await expect(runPipeline([evens()], options)).rejects.toThrow(/is at work in this folder/);
      yield { keep: {} };
    },
  };
  await runPipeline([inside], options);
  writeFileSync(join(folder, 'lock'), `${2 ** 30}\n`); // of a process that there is not
  await runPipeline([inside], options);
});

test('a line that is no object is told by its number', async () => {
  const folder = newFolder();
  const file = join(folder, 'bad.jsonl');
  writeFileSync(file, '{"id":1}\r\n\n[1]\n');
  await expect(runPipeline([evens()], { folder, inputs: [file] })).rejects.toThrow(
    /bad\.jsonl: line 3: is no JSON/,
  );
});
