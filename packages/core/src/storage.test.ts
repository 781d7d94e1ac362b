import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { FolderStorage } from './node.js';
import { concatBytes, MemoryStorage, type Storage } from './storage.js';

const bytes = (...values: number[]) => Uint8Array.from(values);

function* breaksMidway(): Generator<Uint8Array> {
  yield bytes(9, 9);
  throw new Error('disk on fire');
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'gpt-ts-storage-'));
});
afterAll(() => rm(root, { recursive: true }));

const makers: [string, () => Promise<Storage>][] = [
  ['MemoryStorage', async () => new MemoryStorage()],
  ['FolderStorage', async () => new FolderStorage(await mkdtemp(join(root, 'run-')))],
];

describe.each(makers)('%s', (_, make) => {
  test('reads what was written, and undefined for the rest', async () => {
    const storage = await make();
    expect(await storage.read('a')).toBeUndefined();
    await storage.write('a', [bytes(1, 2), bytes(), bytes(3)]);
    await storage.write('empty', []);
    expect(await storage.read('a')).toEqual(bytes(1, 2, 3));
    expect(await storage.read('empty')).toEqual(bytes());
    expect(await storage.read('b')).toBeUndefined();
  });

  test('replaces the whole content, longer or shorter', async () => {
    const storage = await make();
    for (const content of [bytes(1), bytes(1, 2, 3), bytes(4)]) {
      await storage.write('a', [content]);
      expect(await storage.read('a')).toEqual(content);
    }
  });

  test('appends, also to what is not there yet', async () => {
    const storage = await make();
    await storage.append('log', bytes(1));
    await storage.append('log', bytes(2, 3));
    expect(await storage.read('log')).toEqual(bytes(1, 2, 3));
  });

  test('lists the names in order, and forgets them', async () => {
    const storage = await make();
    expect(await storage.list()).toEqual([]);
    for (const name of ['b', 'a.txt', 'c']) await storage.write(name, [bytes(1)]);
    await storage.remove('b');
    await storage.remove('b');
    expect(await storage.list()).toEqual(['a.txt', 'c']);
    expect(await storage.read('b')).toBeUndefined();
  });

  test('keeps the old content when the new one breaks off', async () => {
    const storage = await make();
    await storage.write('a', [bytes(1, 2, 3)]);
    await expect(storage.write('a', breaksMidway())).rejects.toThrow('disk on fire');
    await expect(storage.write('b', breaksMidway())).rejects.toThrow('disk on fire');
    expect(await storage.read('a')).toEqual(bytes(1, 2, 3));
    expect(await storage.read('b')).toBeUndefined();
  });

  test('refuses a content longer than maxBytes', async () => {
    const storage = await make();
    await storage.write('a', [bytes(1, 2, 3)]);
    expect(await storage.read('a', { maxBytes: 3 })).toEqual(bytes(1, 2, 3));
    expect(await storage.read('b', { maxBytes: 0 })).toBeUndefined();
    const reading = storage.read('a', { maxBytes: 2 });
    await expect(reading).rejects.toThrow(InvalidFileError);
    await expect(reading).rejects.toThrow(/a: has 3 bytes, more than the limit of 2\.$/);
  });

  test('takes chunks as they come, also where one buffer serves for all', async () => {
    const storage = await make();
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const buffer = new Uint8Array(2);
      for (let i = 0; i < 3; i++) yield buffer.fill(i);
    }
    await storage.write('a', chunks());
    expect(await storage.read('a')).toEqual(bytes(0, 0, 1, 1, 2, 2));
  });

  test('opens a file to be read in parts, and nothing else', async () => {
    const storage = await make();
    expect(await storage.open('a')).toBeUndefined();
    await storage.write('a', [bytes(1, 2, 3, 4)]);
    await using file = (await storage.open('a'))!;
    expect(file.size).toBe(4);
    const target = new Uint8Array(5);
    await file.read(1, target.subarray(2, 5));
    expect(target).toEqual(bytes(0, 0, 2, 3, 4));
    await file.read(4, new Uint8Array());
    const reading = file.read(2, new Uint8Array(3));
    await expect(reading).rejects.toThrow(InvalidFileError);
    await expect(reading).rejects.toThrow(/a: ends at byte 4, but bytes up to 5 are wanted/);
  });

  test('is not changed through the bytes it gives or takes', async () => {
    const storage = await make();
    const given = bytes(1, 2);
    await storage.write('a', [given]);
    given[0] = 7;
    (await storage.read('a'))!.slice(0, 1)[0] = 8;
    (await storage.read('a'))![1] = 9;
    expect(await storage.read('a')).toEqual(bytes(1, 2));
  });
});

describe('FolderStorage', () => {
  test('makes its folder on the first write', async () => {
    const folder = join(root, 'deep', 'er');
    const storage = new FolderStorage(folder);
    expect(await storage.read('a')).toBeUndefined();
    await storage.write('a', [bytes(1)]);
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('leaves no temporary file, whether a write succeeds or not', async () => {
    const folder = await mkdtemp(join(root, 'run-'));
    const storage = new FolderStorage(folder);
    await storage.write('a', [bytes(1)]);
    await expect(storage.write('a', breaksMidway())).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a']);
  });

  test('clears away what a killed process left of a write, and no other file', async () => {
    const folder = await mkdtemp(join(root, 'run-'));
    const storage = new FolderStorage(folder);
    const { pid: dead } = spawnSync(process.execPath, ['--version']);
    const unfinished = (name: string, pid: number) => `${name}.${pid}-0123456789ab.tmp`;
    const ours = unfinished('a', process.pid); // a write under way
    for (const name of [unfinished('a', dead), unfinished('b', dead), ours, 'a.tmp']) {
      await writeFile(join(folder, name), 'half');
    }
    expect(await storage.list()).toEqual(['a.tmp']);
    await storage.write('a', [bytes(1)]);
    await storage.remove('b');
    expect((await readdir(folder)).sort()).toEqual(['a', ours, 'a.tmp'].sort());
  });

  test('keeps one whole content when several writes race', async () => {
    const storage = new FolderStorage(await mkdtemp(join(root, 'run-')));
    const contents = Array.from({ length: 8 }, (_, i) => new Uint8Array(10_000).fill(i));
    await Promise.all(
      contents.map((content) => storage.write('a', [content.subarray(5000), content.subarray(0, 5000)])),
    );
    expect(contents).toContainEqual(await storage.read('a'));
    expect(await readdir(storage.folder)).toEqual(['a']);
  });

  test('gives plain bytes, whose slice() is a copy', async () => {
    const storage = new FolderStorage(await mkdtemp(join(root, 'run-')));
    await storage.write('a', [bytes(1)]);
    expect(Buffer.isBuffer(await storage.read('a'))).toBe(false);
  });
});

describe('FolderStorage.open', () => {
  test('says so when a file shrinks while it is read', async () => {
    const storage = new FolderStorage(await mkdtemp(join(root, 'run-')));
    await storage.write('a', [new Uint8Array(100)]);
    await using file = (await storage.open('a'))!;
    await truncate(join(storage.folder, 'a'), 30);
    await expect(file.read(20, new Uint8Array(40))).rejects.toThrow(
      /a: ends at byte 30, but bytes up to 60 are wanted\. The file is cut short, or was changed meanwhile\.$/,
    );
  });

  test('refuses a folder', async () => {
    const storage = new FolderStorage(await mkdtemp(join(root, 'run-')));
    await mkdir(join(storage.folder, 'taken'));
    await expect(storage.open('taken')).rejects.toThrow(/taken: is a folder\.$/);
  });
});

describe.skipIf(process.platform === 'win32')('FolderStorage refuses what is no file, at once', () => {
  const refusals = async (folder: string, name: string): Promise<unknown[]> => {
    const storage = new FolderStorage(folder);
    const tries = [storage.read(name), storage.read(name, { maxBytes: 10 }), storage.open(name)];
    return (await Promise.allSettled(tries)).map((each) => (each.status === 'rejected' ? each.reason : each));
  };
  const refused = (message: string) =>
    expect.objectContaining({ code: 'invalid-file', message: expect.stringMatching(message) });

  test('a pipe, which nobody may ever write to', async ({ skip }) => {
    const folder = await mkdtemp(join(root, 'run-'));
    if (spawnSync('mkfifo', [join(folder, 'pipe')]).status !== 0) skip('no mkfifo here');
    const errors = await refusals(folder, 'pipe');
    expect(errors).toEqual(Array(3).fill(refused('pipe: is a pipe, not a file\\.$')));
  });

  test('a device, which has no size', async () => {
    const folder = await mkdtemp(join(root, 'run-'));
    await symlink('/dev/zero', join(folder, 'zeros'));
    const errors = await refusals(folder, 'zeros');
    expect(errors).toEqual(Array(3).fill(refused('zeros: is a device, not a file\\.$')));
  });

  test('a socket', async () => {
    const folder = await mkdtemp(join(root, 'run-'));
    const server = createServer().listen(join(folder, 'socket'));
    await once(server, 'listening');
    const errors = await refusals(folder, 'socket').finally(() => server.close());
    expect(errors).toEqual(Array(3).fill(refused('socket: ')));
  });
});

describe('FolderStorage with maxBytes', () => {
  test('refuses 2 GB at once and without the memory', async () => {
    const storage = new FolderStorage(await mkdtemp(join(root, 'run-')));
    await storage.write('big', []);
    await truncate(join(storage.folder, 'big'), 2 ** 31); // a hole, which takes no disk
    const before = process.memoryUsage.rss();
    const start = performance.now();
    await expect(storage.read('big', { maxBytes: 2 ** 26 })).rejects.toThrow(
      'big: has 2147483648 bytes, more than the limit of 67108864.',
    );
    expect(performance.now() - start).toBeLessThan(500);
    expect(process.memoryUsage.rss() - before).toBeLessThan(2 ** 26);
  });

  test('still tells a folder from a file', async () => {
    const storage = new FolderStorage(await mkdtemp(join(root, 'run-')));
    await mkdir(join(storage.folder, 'taken'));
    await expect(storage.read('taken', { maxBytes: 2 ** 20 })).rejects.toThrow('taken: is a folder.');
  });
});

test('concatBytes joins in order', () => {
  expect(concatBytes([])).toEqual(bytes());
  expect(concatBytes([bytes(1), bytes(), bytes(2, 3)])).toEqual(bytes(1, 2, 3));
});

test('what the system refuses is told with the path and the reason', async () => {
  const folder = await mkdtemp(join(root, 'refused-'));
  await new FolderStorage(folder).write('file', [new Uint8Array(1)]);
  await mkdir(join(folder, 'taken'));
  const inFile = new FolderStorage(join(folder, 'file'));
  await expect(inFile.read('x')).rejects.toThrow(InvalidFileError);
  await expect(inFile.write('x', [])).rejects.toThrow(InvalidFileError);
  await expect(inFile.append('x', new Uint8Array(1))).rejects.toThrow(InvalidFileError);
  await expect(new FolderStorage(folder).read('taken')).rejects.toThrow(/taken: is a folder\.$/);
  await expect(new FolderStorage(folder).write('taken', [])).rejects.toThrow(/taken: is a folder\.$/);
  expect((await readdir(folder)).sort()).toEqual(['file', 'taken']);
});

test('a write whose chunks were stopped rejects with the reason, and leaves nothing', async () => {
  const storage = new FolderStorage(await mkdtemp(join(root, 'stopped-')));
  const signal = AbortSignal.abort(); // its reason has a code that is a number
  async function* chunks() {
    yield bytes(1);
    signal.throwIfAborted();
  }
  await expect(storage.write('x', chunks())).rejects.toBe(signal.reason);
  expect(await readdir(storage.folder)).toEqual([]);
});
