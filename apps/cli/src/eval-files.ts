/** The files of an evaluation: those of a data folder that a task names, or those that the user names. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InvalidFileError } from '@gpt-ts/core';
import { decodeText, readText, unreadable } from '@gpt-ts/data/node';
import type { InvalidExampleError, TextFile } from '@gpt-ts/tasks';
import type { Task, TaskDocument } from '@gpt-ts/tasks/evaluation';
import { filesIn } from './files-in.js';

/** Most bytes that a packed file may unpack to. */
const MAX_UNPACKED = 256 * 2 ** 20;

/** A file that was read, and what it was. */
export interface ReadFile {
  path: string;
  sha256: string;
}

/** The documents of a task and what they came from. */
export interface TaskData {
  documents: TaskDocument[];
  /** Where examples are drawn from, if that is another file. */
  pool?: TaskDocument[];
  files: { test: ReadFile[]; train?: ReadFile[] };
  /** Rows that were left out. */
  skipped: number;
}

/**
 * Reads a task's documents.
 *
 * @param data - A folder that is searched for the task's files, or the files to ask about.
 * @param train - The files to draw examples from. Default: those that the task names, where the folder has them.
 */
export async function readTaskData(
  task: Task,
  { data, train, skipBadRows }: { data: readonly string[]; train?: readonly string[]; skipBadRows?: boolean },
): Promise<TaskData> {
  const folder = data.length === 1 && (await isFolder(data[0])) ? data[0] : undefined;
  const test = folder === undefined ? data : await filesIn(folder, task.files.test);
  const pool =
    train ?? (folder === undefined ? [] : await filesIn(folder, task.files.train ?? [], { maybeNone: true }));
  let skipped = 0;
  const onBadRow = skipBadRows ? (_: InvalidExampleError) => void skipped++ : undefined;
  const read = async (paths: readonly string[]) => {
    const files: (TextFile & ReadFile)[] = [];
    for (const path of paths) files.push(await readDataFile(path));
    const documents = task.read(files, onBadRow);
    return { documents, files: files.map(({ path, sha256 }) => ({ path, sha256 })) };
  };
  const asked = await read(test);
  const shown = pool.length > 0 ? await read(pool) : undefined;
  return {
    documents: asked.documents,
    pool: shown?.documents,
    files: { test: asked.files, train: shown?.files },
    skipped,
  };
}

async function isFolder(path: string): Promise<boolean> {
  const info = await stat(path).catch((error) => {
    throw unreadable(path, error);
  });
  return info.isDirectory();
}

async function readDataFile(path: string): Promise<TextFile & ReadFile> {
  const text = path.endsWith('.gz') ? decodeText(path, await unpacked(path)) : await readText(path);
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { name: basename(path).replace(/\.gz$/, ''), text, path: resolve(path), sha256 };
}

async function unpacked(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error) => {
    throw unreadable(path, error);
  });
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_UNPACKED });
  } catch (cause) {
    const tooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const problem = tooLarge ? `unpacks to more than ${MAX_UNPACKED} bytes` : 'is not a whole gzip file';
    throw new InvalidFileError({ file: path, problem, cause });
  }
}
