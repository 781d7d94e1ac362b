/** What a checkpoint takes beside the tensors. A file of its own, so that nothing else moves the figures. */

import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import type { Storage } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { emptyParameter, writeParameter } from '@gpt-ts/kernels';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkpointName } from '../src/checkpoint/checkpoint-name.js';
import { openCheckpoint } from '../src/checkpoint/open-checkpoint.js';
import { writeCheckpoint } from '../src/checkpoint/write-checkpoint.js';
import { disposeAll } from './support/checkpoints.js';

const MIB = 2 ** 20;
setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gpt-ts-memory-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('200 MB are written, verified and read back in a few megabytes of JavaScript memory', async () => {
  await useWasmBackend({ threads: 1 });
  const tensors = new Map(
    Array.from({ length: 50 }, (_, i) => [`model.${i}`, emptyParameter([1000, 1000])]), // 4 MB each
  );
  const row = new Float32Array(1000);
  for (const [name, each] of tensors) writeParameter(each, 5000, row.fill(Number(name.slice(6))));

  const held = () => {
    collectGarbage(); // without, dead copies of tensors wait in 35 to 50 MiB, whatever the file's size
    const { heapUsed, external } = process.memoryUsage(); // the WebAssembly heap is in neither
    return heapUsed + external;
  };
  let peak = 0;
  let calls = 0;
  const sample = () => {
    peak = Math.max(peak, held());
  };
  const peakOf = async (work: () => Promise<void>): Promise<number> => {
    const start = held();
    peak = start;
    await work();
    sample();
    return (peak - start) / MIB;
  };

  const disk = new FolderStorage(folder);
  const storage: Storage = Object.create(disk);
  storage.write = (name, chunks) => {
    async function* sampled() {
      for await (const chunk of chunks) {
        if (calls++ % 2 === 0) sample();
        yield chunk;
      }
    }
    return disk.write(name, sampled());
  };
  storage.open = async (name) => {
    const file = (await disk.open(name))!;
    return {
      size: file.size,
      read: (position, target) => {
        if (calls++ % 8 === 0) sample();
        return file.read(position, target);
      },
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    };
  };
  const written = await peakOf(async () => {
    await writeCheckpoint(storage, 1, { metadata: new Map(), tensors, files: new Map() });
  });
  const { size } = await stat(join(folder, checkpointName(1)));
  expect(size).toBeGreaterThan(200e6);
  for (const each of tensors.values()) writeParameter(each, 5000, row.fill(-1));
  const read = await peakOf(async () => {
    await using checkpoint = await openCheckpoint(storage, checkpointName(1));
    await checkpoint.readInto(tensors);
  });
  expect(written).toBeLessThan(16); // MiB; seen: 8.8, two of the tensors and 1
  expect(read).toBeLessThan(16); // seen: 9.8, two buffers of 4 MB and two of 1 MiB
  expect((await tensors.get('model.49')!.data()).subarray(4999, 5002)).toEqual(Float32Array.of(0, 49, 49));
  disposeAll({ tensors });
});
