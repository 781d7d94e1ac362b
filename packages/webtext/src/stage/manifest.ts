/** The two files that say what a stage has done: one for each finished job, one for the whole. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import type { Counts, Stage } from './stage.js';

/** A file, known by its content. */
export interface FileFacts {
  name: string;
  bytes: number;
  sha256: string;
}

/** A file that a job has written. */
export interface Part extends FileFacts {
  records: number;
}

/** `job-00000.json`, written when everything else of the job is on disk. */
export interface JobRecord {
  /** Of the stage, its options and the job's inputs. */
  key: string;
  counts: Counts;
  parts: Part[];
  /** `dropped-00000.jsonl`: the dropped records of this job, each with its reason. */
  dropped: Part;
  elapsedMs: number;
}

/** `manifest.json`, written last: a stage that has one is whole. */
export interface Manifest {
  /** Of the stage, its options and all inputs. */
  key: string;
  stage: string;
  version: number;
  options: Readonly<Record<string, unknown>>;
  inputs: FileFacts[];
  counts: Counts;
  parts: Part[];
  dropped: Part[];
  startedAt: string;
  /** Of all jobs, in all sittings. */
  elapsedMs: number;
}

export const MANIFEST: string = 'manifest.json';
const MAX_BYTES = 256 * 2 ** 20;

/** What a job's output depends on, as one number: equal keys, equal bytes. */
export function keyOf(stage: Stage, inputs: readonly FileFacts[]): string {
  const { name, version, options, over, partRecords } = stage;
  const files = inputs.map((each) => [each.name, each.bytes, each.sha256]);
  return sha256(JSON.stringify([name, version, sorted(options), over, partRecords ?? null, files]));
}

/** The manifest of a stage's folder, or `undefined` where it is not whole. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  return (await readRecord(folder, MANIFEST)) as Manifest | undefined;
}

/** The record of a job, or `undefined` where it has not finished. */
export async function readJobRecord(folder: string, name: string): Promise<JobRecord | undefined> {
  return (await readRecord(folder, name)) as JobRecord | undefined;
}

async function readRecord(folder: string, name: string): Promise<unknown> {
  const bytes = await new FolderStorage(folder).read(name, { maxBytes: MAX_BYTES });
  if (bytes === undefined) return undefined;
  const problem = { file: join(folder, name), hint: 'Remove it, and its stage will be run again.' };
  let value: Partial<Manifest>;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InvalidFileError({ ...problem, problem: 'is not JSON', cause });
  }
  const whole =
    typeof value?.counts?.in === 'number' && Array.isArray(value.parts) && value.dropped !== undefined;
  if (!whole) throw new InvalidFileError({ ...problem, problem: 'has no counts, parts and dropped' });
  return value;
}

/** Writes it at once: it is there whole or not at all. */
export async function writeRecord(folder: string, name: string, value: object): Promise<void> {
  await new FolderStorage(folder).write(name, [
    new TextEncoder().encode(`${JSON.stringify(value, null, 1)}\n`),
  ]);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The same value with the keys of its objects in order, so that equal options are equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, sorted(each)]),
  );
}
