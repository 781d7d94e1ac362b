/**
 * How fast windows are read from shards: half a gigabyte of ids is written, opened and drawn from, beside reads of the same
 * size by the system itself. Takes a minute and 550 MB of disk.
 *
 *     node tooling/shard-speed.mjs [folder on the disk to measure]
 */
import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderStorage } from '@gpt-ts/core/node';
import { packDocuments, randomWindows, shardWriter, shuffledSequences } from '@gpt-ts/data';
import { openShardFolder, shardsIn } from '@gpt-ts/data/node';

const TOKENS = 270e6; // of 16 bits: 540 MB
const N_CTX = 1024;
const BATCH = 8;
const ROUNDS = 15;
const BATCHES = 1000; // in a round

if (process.argv[2] === 'read') await read(process.argv[3]);
else {
  const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'gpt-ts-shards-'));
  try {
    await write(folder);
    execFileSync(process.execPath, [import.meta.filename, 'read', folder], { stdio: 'inherit' }); // memory of its own
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function write(folder) {
  console.log(`${cpus()[0].model}, Node ${process.versions.node}, load ${loadavg()[0].toFixed(1)}`);
  const storage = new FolderStorage(folder);
  const begin = performance.now();
  const { files, documents } = await packDocuments(
    made(),
    shardWriter({ storage, nVocab: 50257, eotId: 50256 }),
  );
  const seconds = (performance.now() - begin) / 1000;
  row(
    'write',
    `${((2 * TOKENS) / 1e6 / seconds).toFixed(0)} MB/s`,
    `${documents} documents, ${files.length} files`,
  );
}

/** Documents of 1 to 1200 ids. */
function* made() {
  let state = 1;
  for (let tokens = 0; tokens < TOKENS; ) {
    state = (state * 48271) % 2147483647;
    const document = new Uint16Array(1 + (state % 1200));
    for (let i = 0; i < document.length; i++) document[i] = (i * 7919 + state) % 50256;
    tokens += document.length;
    yield document;
  }
}

async function read(folder) {
  const begin = performance.now();
  const shards = await openShardFolder(folder);
  const seconds = (performance.now() - begin) / 1000;
  row('open, every byte verified', `${((2 * shards.tokens) / 1e9 / seconds).toFixed(2)} GB/s`);
  const corpus = shards;
  const ways = {
    'random windows': batches(randomWindows({ corpus, nCtx: N_CTX })),
    'shuffled sequences': batches(shuffledSequences({ corpus, nCtx: N_CTX })),
    'the system alone': plainReads(shardsIn(folder)[0]),
  };
  const speeds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(ways)) {
      const begin = performance.now();
      for (let i = 0; i < BATCHES; i++) run(round * BATCHES + i);
      const mb = (2 * BATCHES * BATCH * N_CTX) / 1e6; // 16 bits a token; targets do not count
      speeds[name].push((1000 * mb) / (performance.now() - begin));
    }
  }
  for (const [name, list] of Object.entries(speeds)) {
    list.sort((a, b) => a - b);
    row(
      name,
      `${list[ROUNDS >> 1].toFixed(0)} MB/s`,
      `${list[0].toFixed(0)} to ${list[ROUNDS - 1].toFixed(0)}`,
    );
  }
  row('memory of the process, at most', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`);
  shards[Symbol.dispose]();
}

function batches(sequences) {
  return (i) => sequences.batch(i * BATCH, BATCH);
}

/** As many reads of as many bytes, anywhere in the file, and nothing done with them. */
function plainReads(path) {
  const file = openSync(path);
  process.on('exit', () => closeSync(file));
  const places = fstatSync(file).size - 2 * N_CTX;
  const bytes = new Uint8Array(2 * N_CTX);
  return () => {
    for (let row = 0; row < BATCH; row++)
      readSync(file, bytes, 0, bytes.length, Math.floor(Math.random() * places));
  };
}

function row(name, value, note = '') {
  console.log(`${name.padEnd(32)} ${value.padStart(12)}  ${note}`);
}
