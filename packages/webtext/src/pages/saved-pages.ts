/** Pages that are on disk already: web archives, and folders as `wget --force-directories` makes them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { unreadable } from '@gpt-ts/data/node';
import { FetchProblem } from '../fetch/fetch-problem.js';
import type { ReadOptions } from '../stage/read-records.js';
import { readRecords } from '../stage/read-records.js';
import { readWarc } from './read-warc.js';

/** A page on disk, or why there is none. */
export type SavedPage =
  | { url: string; status: number; contentType: string; location?: string; body: Uint8Array }
  | { url: string; problem: FetchProblem };

/** A file of pages. */
export interface PageFile {
  path: string;
  bytes: number;
  mtimeMs: number;
  /** Of the one page in it; none for an archive. */
  url?: string;
}

const INDEX = 'index.jsonl';
const ARCHIVE = /\.warc(\.gz)?$/;

/**
 * The files of pages in folders and archives, in order of their names.
 *
 * In a folder, archives are archives. If there is an `index.jsonl`, with lines like `{"url": ..., "file": ...}`, it names
 * the pages; else the path of a file is its address: `example.com/a/index.html` is `http://example.com/a/`.
 *
 * @throws {@link InvalidFileError} when one cannot be read.
 */
export async function pageFiles(paths: readonly string[]): Promise<PageFile[]> {
  const files: PageFile[] = [];
  for (const each of paths) {
    const path = resolve(each);
    try {
      const facts = await stat(path);
      files.push(...(facts.isDirectory() ? await filesIn(path) : [await fileOf(path)]));
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === undefined ? error : unreadable(path, error);
    }
  }
  return files;
}

/** Everything in a file of pages. */
export async function* readPageFile(
  file: PageFile,
  maxBytes: number,
  options: ReadOptions,
): AsyncGenerator<SavedPage> {
  const { path, bytes, url } = file;
  if (url === undefined) yield* readWarc(path, maxBytes, options);
  else if (bytes > maxBytes) yield { url, problem: new FetchProblem('too-big', `${bytes} bytes`) };
  else
    yield {
      url,
      status: 200,
      contentType: path.endsWith('.txt') ? 'text/plain' : '',
      body: await readFile(path),
    };
}

async function filesIn(folder: string): Promise<PageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const archives = paths.filter((path) => ARCHIVE.test(path));
  const index = join(folder, INDEX);
  const named = paths.includes(index) ? await indexed(folder, index) : mirrored(folder, paths);
  const files = await Promise.all([
    ...archives.map((path) => fileOf(path)),
    ...named.map((each) => fileOf(...each)),
  ]);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function indexed(folder: string, index: string): Promise<[string, string][]> {
  const named: [string, string][] = [];
  for await (const { url, file } of readRecords(index)) {
    const path = resolve(folder, String(file));
    if (path.startsWith(folder + sep)) named.push([path, String(url)]); // not above the folder
  }
  return named;
}

function mirrored(folder: string, paths: readonly string[]): [string, string][] {
  const pages = paths.filter((path) => !ARCHIVE.test(path) && relative(folder, path).includes(sep));
  return pages.map((path) => {
    const name = relative(folder, path).split(sep).join('/');
    return [path, `http://${name.replace(/(^|\/)index\.html?$/, '$1')}`];
  });
}

async function fileOf(path: string, url?: string): Promise<PageFile> {
  const { size, mtimeMs } = await stat(path);
  return { path, bytes: size, mtimeMs, url };
}
