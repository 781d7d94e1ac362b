/** Runs one stage in its folder: job by job, each finished for good before the next begins. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputFile } from './input-files.js';
import {
  type JobRecord,
  keyOf,
  MANIFEST,
  type Manifest,
  readJobRecord,
  readManifest,
  writeRecord,
} from './manifest.js';
import { PartWriter, pad } from './part-writer.js';
import { readRecords } from './read-records.js';
import { addCounts, type Counts, type Job, type Stage, type StageEvent } from './stage.js';

/** Where a stage runs and who watches. */
export interface RunStageOptions {
  /** The stage's own folder; made if need be. */
  folder: string;
  inputs: readonly InputFile[];
  signal?: AbortSignal;
  onEvent?(event: StageEvent): void;
}

const OURS = /^(part-\d+-\d+\.jsonl|dropped-\d+\.jsonl|job-\d+\.json|scratch-\d+)$/;

/**
 * Runs a stage, or what is left of it.
 *
 * A stage whose manifest matches is left alone. A job whose record matches is not run again; every other file of the stage
 * is removed first. The files are the same bytes, stopped or not.
 *
 * @throws the signal's reason when aborted; what is finished stays.
 */
export async function runStage(stage: Stage, options: RunStageOptions): Promise<Manifest> {
  const { folder, inputs, onEvent } = options;
  const signal = options.signal ?? new AbortController().signal;
  const before = await readManifest(folder);
  if (before !== undefined && before.key === keyOf(stage, inputs)) {
    onEvent?.({ type: 'stage-end', stage: stage.name, counts: before.counts, skipped: true });
    return before;
  }
  const startedAt = new Date().toISOString();
  await mkdir(folder, { recursive: true });
  await rm(join(folder, MANIFEST), { force: true });
  const jobs = stage.over === 'all' ? [[...inputs]] : inputs.map((input) => [input]);
  const records = await finishedJobs(stage, folder, jobs);
  const jobsDone = records.filter((record) => record !== undefined).length;
  onEvent?.({ type: 'stage-start', stage: stage.name, jobs: jobs.length, jobsDone });
  const all = bytesOf(inputs);
  let done = bytesOf(jobs.flatMap((job, i) => (records[i] ? job : [])));
  try {
    for (const [i, job] of jobs.entries()) {
      if (records[i] !== undefined) continue;
      signal.throwIfAborted();
      const others = records.flatMap((record) => (record ? [record.counts] : []));
      const onProgress = (share: number, counts: Counts) => {
        const now = { done: done + share * bytesOf(job), all, counts: addCounts([...others, counts]) };
        onEvent?.({ type: 'stage-progress', stage: stage.name, ...now });
      };
      records[i] = await runJob(stage, { folder, number: i, inputs: job, signal, onProgress });
      done += bytesOf(job);
    }
  } finally {
    await stage.close?.();
  }
  const manifest = manifestOf(stage, inputs, records as JobRecord[], startedAt);
  await writeRecord(folder, MANIFEST, manifest);
  onEvent?.({ type: 'stage-end', stage: stage.name, counts: manifest.counts, skipped: false });
  return manifest;
}

function manifestOf(
  stage: Stage,
  inputs: readonly InputFile[],
  records: readonly JobRecord[],
  startedAt: string,
): Manifest {
  return {
    key: keyOf(stage, inputs),
    stage: stage.name,
    version: stage.version,
    options: stage.options,
    inputs: inputs.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    counts: addCounts(records.map(({ counts }) => counts)),
    parts: records.flatMap(({ parts }) => parts),
    dropped: records.map(({ dropped }) => dropped),
    startedAt,
    elapsedMs: records.reduce((sum, { elapsedMs }) => sum + elapsedMs, 0),
  };
}

/** The records of jobs that need not run; files of all others are removed, but for their scratch. */
async function finishedJobs(
  stage: Stage,
  folder: string,
  jobs: readonly InputFile[][],
): Promise<(JobRecord | undefined)[]> {
  const keep = new Set<string>();
  const records: (JobRecord | undefined)[] = [];
  for (const [i, inputs] of jobs.entries()) {
    const name = `job-${pad(i)}.json`;
    const record = await readJobRecord(folder, name);
    const key = keyOf(stage, inputs);
    const whole = record?.key === key && (await areThere(folder, [...record.parts, record.dropped]));
    records.push(whole ? record : undefined);
    if (whole) for (const each of [{ name }, ...record.parts, record.dropped]) keep.add(each.name);
  }
  for (const name of await readdir(folder)) {
    if (OURS.test(name) && !keep.has(name) && !name.startsWith('scratch-')) await rm(join(folder, name));
  }
  return records;
}

async function areThere(folder: string, files: readonly { name: string; bytes: number }[]): Promise<boolean> {
  for (const { name, bytes } of files) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found?.size !== bytes) return false;
  }
  return true;
}

interface JobOptions {
  folder: string;
  number: number;
  inputs: readonly InputFile[];
  signal: AbortSignal;
  onProgress(share: number, counts: Counts): void;
}

async function runJob(stage: Stage, options: JobOptions): Promise<JobRecord> {
  const { folder, number, inputs, signal, onProgress } = options;
  const begin = performance.now();
  const name = pad(number);
  const key = keyOf(stage, inputs);
  const scratch = await scratchFolder(folder, name, key);
  const writer = new PartWriter(folder, name, stage.partRecords);
  const progress = (share: number) => onProgress(share, writer.counts);
  const job: Job = {
    inputs: inputs.map(({ path }) => path),
    scratch,
    signal,
    progress,
    records: () => recordsOf(inputs, signal, progress),
  };
  try {
    for await (const outcome of stage.run(job)) {
      signal.throwIfAborted();
      await writer.write(outcome);
    }
    const dropped = await writer.end();
    const counts = addCounts([writer.counts]);
    const record = {
      key,
      counts,
      parts: writer.parts,
      dropped,
      elapsedMs: Math.round(performance.now() - begin),
    };
    await writeRecord(folder, `job-${name}.json`, record);
    progress(1);
    await rm(join(folder, `scratch-${name}`), { recursive: true, force: true });
    return record;
  } finally {
    await writer.abandon();
  }
}

/** The job's scratch: what an interrupted run of the same job has left, or empty. */
async function scratchFolder(folder: string, name: string, key: string): Promise<string> {
  const root = join(folder, `scratch-${name}`);
  const own = join(root, key.slice(0, 16));
  for (const each of await readdir(root).catch(() => [])) {
    if (join(root, each) !== own) await rm(join(root, each), { recursive: true });
  }
  await mkdir(own, { recursive: true });
  return own;
}

async function* recordsOf(
  inputs: readonly InputFile[],
  signal: AbortSignal,
  progress: (share: number) => void,
): AsyncGenerator<Record<string, unknown>> {
  const all = bytesOf(inputs);
  let before = 0;
  for (const { path, bytes } of inputs) {
    const onBytes = (read: number) => progress((before + read) / all);
    yield* readRecords(path, { signal, onBytes });
    before += bytes;
  }
}

function bytesOf(files: readonly InputFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
