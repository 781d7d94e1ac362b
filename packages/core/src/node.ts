/** The Node side of {@link Storage}: a folder on disk. Import from `@gpt-ts/core/node`. */
import { randomBytes } from 'node:crypto';
import { constants, type Dirent, type Stats } from 'node:fs';
import { appendFile, type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isGptError } from './errors/gpt-error.js';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { assertSize, cutShort, type Storage, type StoredFile } from './storage.js';

const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0); // a pipe opens at once, to be refused; Windows has no flag
const TEMPORARY = /\.(\d+)-[0-9a-f]{12}\.tmp$/; // of the process with that number

/**
 * A folder of files. `write` goes to a temporary name, is synced to disk and then renamed, so a crash leaves the
 * old file or the new one.
 *
 * Everything the system refuses becomes an {@link InvalidFileError} with the path.
 *
 * @example
 * const run = new FolderStorage('runs/first');
 * await run.write('note.txt', [new TextEncoder().encode('hello')]);
 */
export class FolderStorage implements Storage {
  readonly folder: string;

  /** @param folder - Path of the folder; created on the first write. */
  constructor(folder: string) {
    this.folder = folder;
  }

  async read(name: string, options: { maxBytes?: number } = {}): Promise<Uint8Array | undefined> {
    const file = await this.#openFile(name);
    if (file === undefined) return undefined;
    try {
      assertSize(join(this.folder, name), file.size, options.maxBytes);
      const { buffer, byteOffset, byteLength } = await file.handle.readFile();
      return new Uint8Array(buffer, byteOffset, byteLength); // not a Buffer, whose slice() is a view
    } catch (error) {
      throw this.#explain(name, error);
    } finally {
      await file.handle.close();
    }
  }

  async open(name: string): Promise<StoredFile | undefined> {
    const file = await this.#openFile(name);
    return file && this.#stored(name, file.handle, file.size);
  }

  async write(name: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    const path = join(this.folder, name);
    const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
    try {
      await mkdir(this.folder, { recursive: true });
      const file = await open(temporary, 'wx');
      try {
        for await (const chunk of chunks) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
      await syncFolder(this.folder);
      await this.#removeUnfinished(name);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined); // the first error is the one to tell
      throw this.#explain(name, error);
    }
  }

  async append(name: string, bytes: Uint8Array): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true });
      await appendFile(join(this.folder, name), bytes);
    } catch (error) {
      throw this.#explain(name, error);
    }
  }

  async list(): Promise<string[]> {
    const files = (await this.#entries()).filter((each) => each.isFile()).map((each) => each.name);
    return files.filter((name) => !TEMPORARY.test(name)).sort();
  }

  async remove(name: string): Promise<void> {
    try {
      await rm(join(this.folder, name), { force: true });
      await this.#removeUnfinished(name);
    } catch (error) {
      throw this.#explain(name, error);
    }
  }

  /** What writes of this name left behind when their process was killed. */
  async #removeUnfinished(name: string): Promise<void> {
    for (const entry of await this.#entries()) {
      const pid = TEMPORARY.exec(entry.name)?.[1];
      if (pid === undefined || entry.name.replace(TEMPORARY, '') !== name || isAlive(Number(pid))) continue;
      await rm(join(this.folder, entry.name), { force: true });
    }
  }

  async #entries(): Promise<Dirent[]> {
    try {
      return await readdir(this.folder, { withFileTypes: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw this.#explain('', error);
    }
  }

  /** Opens a file, and nothing else: a pipe would never end, a device has no size. */
  async #openFile(name: string): Promise<{ handle: FileHandle; size: number } | undefined> {
    const path = join(this.folder, name);
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, READ);
      const info = await handle.stat();
      if (info.isFile()) return { handle, size: info.size };
      throw new InvalidFileError({ file: path, problem: kindOf(info) });
    } catch (error) {
      await handle?.close();
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw this.#explain(name, error);
    }
  }

  #stored(name: string, handle: FileHandle, size: number): StoredFile {
    const path = join(this.folder, name);
    return {
      size,
      read: async (position, target) => {
        try {
          for (let done = 0; done < target.length; ) {
            const left = target.length - done;
            const { bytesRead } = await handle.read(target, done, left, position + done);
            if (bytesRead === 0) throw cutShort(path, position + target.length, position + done);
            done += bytesRead;
          }
        } catch (error) {
          throw this.#explain(name, error);
        }
      },
      [Symbol.asyncDispose]: () => handle.close(),
    };
  }

  /** What the system said, with the path; errors that are not the system's pass. */
  #explain(name: string, error: unknown): unknown {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code !== 'string' || isGptError(error)) return error; // an AbortError's code is a number
    const problems = new Map([
      ['ENOTDIR', 'a part of the path is a file'],
      ['EEXIST', 'a file is where the folder should be'],
      ['EISDIR', 'is a folder'],
      ['ENXIO', 'is a socket, not a file'],
      ['EACCES', 'this user may not use it'],
      ['EROFS', 'the disk is read-only'],
      ['ENOSPC', 'the disk is full'],
      ['EMFILE', 'too many files are open'],
    ]);
    const problem = problems.get(code) ?? `the system says ${code}`;
    return new InvalidFileError({ file: join(this.folder, name), problem, cause: error });
  }
}

/** What a name stands for that is no file. */
function kindOf(info: Stats): string {
  if (info.isDirectory()) return 'is a folder';
  return info.isFIFO() ? 'is a pipe, not a file' : 'is a device, not a file';
}

/** Makes a rename outlast a power cut, where the system can: Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
