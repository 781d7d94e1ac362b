/** The files that a pipeline begins with, known by their content. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { unreadable } from '@gpt-ts/data/node';
import type { FileFacts, Manifest } from './manifest.js';

/** A file to read. */
export interface InputFile extends FileFacts {
  path: string;
}

interface Known extends InputFile {
  mtimeMs: number;
}

const CACHE = 'inputs.json';

/**
 * Hashes files. What was hashed before is not read again while its size and its time of change are the same.
 *
 * @param folder - Where the hashes are kept.
 */
export async function hashInputs(
  paths: readonly string[],
  folder: string,
  signal?: AbortSignal,
): Promise<InputFile[]> {
  await mkdir(folder, { recursive: true });
  const storage = new FolderStorage(folder);
  const known = await readKnown(storage);
  const files: Known[] = [];
  for (const each of paths) {
    const path = resolve(each);
    const { size: bytes, mtimeMs } = await statFile(path);
    const before = known.find((one) => one.path === path && one.bytes === bytes && one.mtimeMs === mtimeMs);
    const sha256 = before?.sha256 ?? (await hashFile(path, signal));
    files.push({ path, name: basename(path), bytes, sha256, mtimeMs });
  }
  await storage.write(CACHE, [new TextEncoder().encode(`${JSON.stringify(files, null, 1)}\n`)]);
  return files.map(({ mtimeMs: _, ...file }) => file);
}

/** The parts of a stage as the input of the next. @throws {@link InvalidFileError} where one is missing or cut. */
export async function partsOf(folder: string, { parts }: Manifest): Promise<InputFile[]> {
  return await Promise.all(
    parts.map(async ({ name, bytes, sha256 }) => {
      const path = join(folder, name);
      const { size } = await statFile(path);
      if (size === bytes) return { path, name, bytes, sha256 };
      const problem = `has ${size} bytes, its manifest says ${bytes}`;
      throw new InvalidFileError({ file: path, problem, hint: `Remove ${folder} to make it again.` });
    }),
  );
}

async function readKnown(storage: FolderStorage): Promise<Known[]> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(await storage.read(CACHE)));
    return Array.isArray(value) ? value : [];
  } catch {
    return []; // a cache: what is wrong with it is made again
  }
}

async function statFile(path: string): Promise<{ size: number; mtimeMs: number }> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) return stats;
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new InvalidFileError({ file: path, problem: 'is not a file' });
}

async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      signal?.throwIfAborted();
      hash.update(chunk);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  }
  return hash.digest('hex');
}
