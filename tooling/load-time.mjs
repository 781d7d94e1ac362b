/**
 * How long loading GPT-2 124M takes, and how much memory, beside reading the same bytes and copying them.
 *
 *     node tooling/load-time.mjs          (after a build; needs 0.5 GB of disk and 1 GB of memory)
 *
 * A round is (a) `cat FILE > /dev/null` and a copy of as many bytes into a WebAssembly memory, 4 MiB at a time, and
 * (b) `loadModel` in a process of its own. Prints the medians of 5 rounds, their ratio, and the most memory that a load
 * took above what the process had before it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { streamSafetensors } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import {
  countParameters,
  gptConfig,
  gptConfigToJson,
  loadModel,
  parameterShapes,
  preset,
} from '@gpt-ts/model';

const ROUNDS = 5;
const MAX_RATIO = 1.5;
const MAX_EXTRA_BYTES = 64e6;

if (process.argv[2] === 'load') await load(process.argv[3]);
else if (process.argv[2] === 'copy') copy(Number(process.argv[3]));
else await compare();

/** In a process of its own: prints the milliseconds and the bytes of one load. */
async function load(folder) {
  await useWasmBackend();
  const storage = new FolderStorage(folder);
  const before = status('VmRSS');
  const start = performance.now();
  const model = await loadModel(storage);
  const ms = performance.now() - start;
  console.log(JSON.stringify({ ms, bytes: status('VmHWM') - before }));
  model[Symbol.dispose]();
  process.exit(); // the threads of the backend would wait for more
}

/** In a process of its own: prints the milliseconds of a copy into fresh memory. */
function copy(bytes) {
  const piece = new Uint8Array(2 ** 22).fill(1);
  const start = performance.now();
  const memory = new WebAssembly.Memory({
    initial: Math.ceil(bytes / 2 ** 16),
    maximum: 2 ** 16,
    shared: true,
  });
  for (let at = 0; at < bytes; at += piece.length) {
    const n = Math.min(piece.length, bytes - at);
    new Uint8Array(memory.buffer, at, n).set(piece.subarray(0, n));
  }
  console.log(JSON.stringify({ ms: performance.now() - start }));
}

async function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-load-'));
  try {
    const config = gptConfig({ nVocab: 50257, ...preset('gpt2').config });
    await writeRandom(config, new FolderStorage(folder));
    const bytes = 4 * countParameters(config);
    const plain = [];
    const loads = [];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      execFileSync('sh', ['-c', 'cat "$1" > /dev/null', 'sh', join(folder, 'model.safetensors')]);
      plain.push(performance.now() - start + inProcess('copy', `${bytes}`).ms);
      loads.push(inProcess('load', folder));
    }
    const [a, b] = [median(plain), median(loads.map(({ ms }) => ms))];
    const extra = Math.max(...loads.map((each) => each.bytes)) - bytes;
    const mb = (count) => `${Math.round(count / 1e6)} MB`;
    console.log(`${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`);
    console.log(
      `cat and copy ${Math.round(a)} ms, loadModel ${Math.round(b)} ms: ${(b / a).toFixed(2)} times as long`,
    );
    console.log(`peak ${mb(extra + bytes)}: ${mb(extra)} more than the ${mb(bytes)} of the file`);
    if (b / a > MAX_RATIO || extra > MAX_EXTRA_BYTES) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A model of random values: what they are does not matter, but for files that a disk would shrink. */
async function writeRandom(config, storage) {
  let state = 1;
  const tensors = [...parameterShapes(config)].map(([name, shape]) => {
    const size = shape.reduce((product, dim) => product * dim, 1);
    const chunks = function* () {
      const words = new Uint32Array(size); // floats between 2^-6 and 2^-5
      for (let i = 0; i < size; i++)
        words[i] = 0x3c800000 | ((state = (state * 1664525 + 1013904223) >>> 0) >>> 9);
      yield new Uint8Array(words.buffer);
    };
    return [name, { dtype: 'F32', shape, chunks }];
  });
  await storage.write('config.json', [new TextEncoder().encode(JSON.stringify(gptConfigToJson(config)))]);
  await storage.write('model.safetensors', streamSafetensors(new Map(tensors), new Map([['format', 'pt']])));
}

function inProcess(...args) {
  return JSON.parse(execFileSync(process.execPath, [import.meta.filename, ...args], { encoding: 'utf8' }));
}

/** A line of /proc/self/status, in bytes. */
function status(field) {
  const line = readFileSync('/proc/self/status', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${field}:`));
  return 1024 * Number(/\d+/.exec(line)[0]);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
