/** Checkpoints on real disks that are too small. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { FolderStorage } from '@gpt-ts/core/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkpointName } from '../src/checkpoint/checkpoint-name.js';
import { findCheckpoint } from '../src/checkpoint/find-checkpoint.js';
import { Shelf } from '../src/checkpoint/shelf.js';
import { contentOf, disposeAll } from './support/checkpoints.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpt-ts-checkpoints-'));
});
afterEach(() => rm(folder, { recursive: true }));

const [ONE, TWO, THREE, FOUR] = [1, 2, 3, 4].map(checkpointName);

test('a full disk: the write fails, its temporary is gone, the old checkpoints are as they were', async (context) => {
  const mounted = spawnSync('bash', ['-c', 'mount -t tmpfs -o size=1m tmpfs "$0"', folder]);
  if (mounted.status !== 0) context.skip('needs the right to mount a tmpfs of 1 MiB');
  try {
    await useWasmBackend({ threads: 1 });
    const small = contentOf({ 'model.a': new Float32Array(50_000).fill(0.5) }); // 200 kB
    const large = contentOf({ 'model.a': new Float32Array(200_000) }); // 800 kB
    const storage = new FolderStorage(folder);
    const shelf = new Shelf(storage, 2);
    await shelf.put(1, small);
    await shelf.put(2, small);
    const before = await Promise.all([ONE, TWO].map((name) => readFile(join(folder, name))));
    await expect(shelf.put(3, large)).rejects.toThrow(
      /checkpoint-00000003\.safetensors: the disk is full\.$/,
    );
    await expect(shelf.put(2, large)).rejects.toThrow(
      /checkpoint-00000002\.safetensors: the disk is full\.$/,
    );
    expect(await readdir(folder)).toEqual([ONE, TWO]);
    expect(await Promise.all([ONE, TWO].map((name) => readFile(join(folder, name))))).toEqual(before);
    {
      const { checkpoint, skipped } = await findCheckpoint(storage);
      await using found = checkpoint!;
      expect([found.step, skipped]).toEqual([2, []]);
    }
    expect((await shelf.put(4, small)).removed).toEqual([ONE]); // 2 and 4 are the two whole ones: 3 never counted
    expect(await readdir(folder)).toEqual([TWO, FOUR]);
    disposeAll(small);
    disposeAll(large);
  } finally {
    spawnSync('bash', ['-c', 'umount "$0"', folder]);
  }
});

/** The built package in a process that may write files of at most 400 KiB. */
const program = `
  import { useWasmBackend } from '@gpt-ts/backend-wasm';
  import { FolderStorage } from '@gpt-ts/core/node';
  import { parameter } from '@gpt-ts/kernels';
  import { Shelf } from './dist/checkpoint/shelf.js';

  await useWasmBackend({ threads: 1 });
  const content = (n) => ({
    metadata: new Map(),
    tensors: new Map([['model.a', parameter(new Float32Array(n).fill(0.5), [n])]]),
    files: new Map(),
  });
  const shelf = new Shelf(new FolderStorage(process.argv[2]), 1);
  await shelf.put(1, content(50_000));
  const error = await shelf.put(2, content(200_000)).catch((error) => error);
  console.log(error.code, error.message);
  console.log(JSON.stringify((await shelf.put(3, content(50_000))).removed));
`;

test.skipIf(process.platform === 'win32')(
  'a limit on the size of files: the same, in a process of its own',
  async () => {
    const limited = 'ulimit -f 400; exec "$0" --input-type=module - "$1"';
    const { stdout, stderr, status } = spawnSync('bash', ['-c', limited, process.execPath, folder], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      input: program,
      encoding: 'utf8',
    });
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout.split('\n')).toEqual([
      `invalid-file ${join(folder, TWO)}: the system says EFBIG.`,
      `["${ONE}"]`,
      '',
    ]);
    expect(await readdir(folder)).toEqual([THREE]);
    const { checkpoint } = await findCheckpoint(new FolderStorage(folder));
    await using found = checkpoint!;
    expect(found.step).toBe(3);
  },
);
