/** Writes training files without what they share with test sets: all of them, or nothing. */
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { InvalidArgumentError, InvalidFileError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { type CleanedDocument, type Collisions, cleanDocument } from '@gpt-ts/data';
import type { DocumentFile } from './document-file.js';

/** A line for each document that changed. */
const REMOVED = 'removed.jsonl';
/** Counts; written last. */
const SUMMARY = 'overlap.json';
const CHUNK_CHARACTERS = 2 ** 18;

type Outcome = CleanedDocument['outcome'];

/** What became of a file. */
export interface CleanedFile {
  file: string;
  documents: number;
  outcomes: Record<Outcome, number>;
  /** Colliding grams, one that comes again counted again. */
  collisions: number;
  /** UTF-16 units of text. */
  charactersRemoved: number;
}

/**
 * What can be wrong with the folder or the names in it, found before the work.
 *
 * @throws InvalidArgumentError when two files would have one name.
 * @throws InvalidFileError when the folder has something in it.
 */
export async function checkOutput(out: string, files: readonly DocumentFile[]): Promise<void> {
  const names = [...files.map(({ path }) => basename(path)), REMOVED, SUMMARY];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    const expected = `files of different names, none of them ${REMOVED} or ${SUMMARY}: they go to one folder`;
    throw new InvalidArgumentError({ argument: '--train', expected, received: twice });
  }
  let entries: string[];
  try {
    entries = await readdir(out);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    const problem = code === 'ENOTDIR' ? 'is a file, or is in one' : `cannot be written (${code})`;
    throw new InvalidFileError({ file: out, problem, hint: 'Give --out a new folder.', cause: error });
  }
  if (entries.length === 0) return;
  throw new InvalidFileError({ file: out, problem: 'is not empty', hint: 'Give --out a new folder.' });
}

/**
 * Cleans the files into a folder beside `out`, which takes its name when everything is there; otherwise it is removed.
 *
 * @param facts - Go into the summary.
 */
export async function cleanFiles(
  files: readonly DocumentFile[],
  collisions: Collisions,
  out: string,
  facts: Record<string, unknown>,
): Promise<CleanedFile[]> {
  const target = resolve(out);
  const temporary = `${target}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  const storage = new FolderStorage(temporary);
  try {
    await mkdir(temporary, { recursive: true });
    await storage.append(REMOVED, new Uint8Array());
    const cleaned: CleanedFile[] = [];
    for (const file of files) cleaned.push(await cleanFile(file, collisions, storage));
    const summary = `${JSON.stringify({ ...facts, files: cleaned }, null, 2)}\n`;
    await storage.write(SUMMARY, [Buffer.from(summary)]);
    await rename(temporary, target);
    return cleaned;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined); // the first error is the one to tell
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof InvalidFileError) throw error;
    throw new InvalidFileError({ file: out, problem: `cannot be written (${code})`, cause: error });
  }
}

async function cleanFile(
  file: DocumentFile,
  collisions: Collisions,
  storage: FolderStorage,
): Promise<CleanedFile> {
  const total: CleanedFile = {
    file: file.path,
    documents: 0,
    outcomes: { clean: 0, cut: 0, 'too-many-pieces': 0, 'too-short': 0 },
    collisions: 0,
    charactersRemoved: 0,
  };
  const name = basename(file.path);
  async function* written(): AsyncGenerator<string> {
    let before = '';
    for await (const { raw, text, write } of file.all()) {
      let kept = [raw];
      if (text !== undefined) {
        const { pieces, ...facts } = cleanDocument(text, collisions);
        if (facts.outcome !== 'clean') {
          kept = pieces.map(write);
          const row = { file: name, document: total.documents, ...facts, kept: pieces.length };
          await storage.append(REMOVED, Buffer.from(`${JSON.stringify(row)}\n`));
        }
        total.documents++;
        total.outcomes[facts.outcome]++;
        total.collisions += facts.collisions;
        total.charactersRemoved += facts.removed;
      }
      if (kept.length === 0) continue;
      yield before + kept.join(file.partSeparator);
      before = file.separator;
    }
  }
  await storage.write(name, chunks(written()));
  return total;
}

/** Few large pieces of bytes for many small texts. */
async function* chunks(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  let held: string[] = [];
  let length = 0;
  for await (const text of texts) {
    held.push(text);
    length += text.length;
    if (length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(held.join(''));
    held = [];
    length = 0;
  }
  yield Buffer.from(held.join(''));
}
