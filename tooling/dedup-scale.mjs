/**
 * De-duplicates a made-up corpus with planted copies, and measures time, memory and what is found.
 *
 *     node tooling/dedup-scale.mjs [--documents 1000000] [--memory-mib 512] [--kill]
 *
 * A document has 170 words or so and 1.2 kB; a third end in one of 20 site footers. One in ten is the copy of an earlier one
 * with up to 3 words changed, one in fifty an equal copy. With `--kill` the process is killed at a random moment, run
 * again, and must write the same bytes as one that was left alone. Build first: pnpm build.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const FILES = 10;
const VOCABULARY = 30_000;

/** Numbers from 0 to 2^32 - 1 (mulberry32). */
function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const SYLLABLES = 'ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro'.split(
  ' ',
);
const words = Array.from({ length: VOCABULARY }, (_, i) => {
  const draw = generator(i + 1);
  return Array.from({ length: 2 + (draw() % 3) }, () => SYLLABLES[draw() % SYLLABLES.length]).join('');
});

/** Some words are much more frequent than others. */
const word = (draw) => words[Math.floor(VOCABULARY * (draw() / 2 ** 32) ** 3)];
const run = (draw, count) => Array.from({ length: count }, () => word(draw));

/** Original `i`: a function of its number, so that nothing has to be kept to copy it. */
function original(i) {
  const draw = generator(0x10000000 + i);
  const text = run(draw, 140 + (draw() % 60));
  const footer = draw() % 60;
  return footer < 20 ? [...text, ...run(generator(7 + footer), 12)] : text;
}

/** Document `i` of the corpus: what it is, and its words. */
function documentAt(i) {
  const draw = generator(0x20000000 + i);
  const kind = draw() % 100;
  if (i === 0 || kind >= 12) return { id: `original-${i}`, text: original(i).join(' ') };
  let from = draw() % i;
  while (from > 0 && generator(0x20000000 + from)() % 100 < 12) from--; // copies of originals alone
  const text = original(from);
  if (kind < 2) return { id: `equal-${i}`, text: text.join(' ') };
  const changes = 1 + (draw() % 3);
  for (let k = 0; k < changes; k++) text[draw() % 140] = `changed${draw() % 1000}`;
  return { id: `near-${i}`, text: text.join(' ') };
}

async function writeCorpus(folder, documents) {
  const paths = [];
  for (let file = 0; file < FILES; file++) {
    const path = join(folder, `documents-${file}.jsonl`);
    const out = createWriteStream(path);
    const end = Math.floor((documents * (file + 1)) / FILES);
    for (let i = Math.floor((documents * file) / FILES); i < end; i++) {
      if (!out.write(`${JSON.stringify(documentAt(i))}\n`)) await once(out, 'drain');
    }
    await new Promise((done) => out.end(done));
    paths.push(path);
  }
  return paths;
}

/** In a process of its own, whose memory is measured. */
async function child(folder, inputs, memoryMib) {
  const { dedupStage, runPipeline } = await import('../packages/webtext/dist/index.js');
  const begin = performance.now();
  const stage = dedupStage({ memoryBytes: memoryMib * 2 ** 20 });
  const [{ counts }] = await runPipeline([stage], { folder, inputs });
  const seconds = (performance.now() - begin) / 1000;
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
  console.log(JSON.stringify({ seconds, cpuSeconds, rssMib: maxRSS / 1024, counts }));
}

/** @returns what the child said, or `undefined` if it was killed. */
async function dedup(folder, inputs, memoryMib, killAfterMs) {
  const args = [import.meta.filename, '--child', folder, '--memory-mib', `${memoryMib}`];
  const process_ = spawn(process.execPath, [...args, ...inputs], { stdio: ['ignore', 'pipe', 'inherit'] });
  const timer =
    killAfterMs === undefined ? undefined : setTimeout(() => process_.kill('SIGKILL'), killAfterMs);
  let out = '';
  process_.stdout.on('data', (data) => (out += data));
  const [code, signal] = await once(process_, 'close');
  clearTimeout(timer);
  if (signal === 'SIGKILL' && timer) return undefined;
  if (code !== 0) throw new Error(`The child ended with ${code ?? signal}.`);
  return JSON.parse(out);
}

/** Of each kind, how many documents were there and how many are gone. */
async function tally(inputs, folder) {
  const kinds = { original: [0, 0], near: [0, 0], equal: [0, 0] };
  const count = async (path, at) => {
    for await (const line of createInterface({ input: createReadStream(path) })) {
      kinds[/"id":"(\w+)-/.exec(line)[1]][at]++;
    }
  };
  for (const path of inputs) await count(path, 0);
  await count(join(folder, 'dedup', 'dropped-00000.jsonl'), 1);
  return kinds;
}

const hashes = (folder) => {
  const { parts, dropped } = JSON.parse(readFileSync(join(folder, 'dedup', 'manifest.json'), 'utf8'));
  return JSON.stringify([...parts, ...dropped].map(({ sha256 }) => sha256));
};

async function main(documents, memoryMib, kill) {
  const root = mkdtempSync(join(tmpdir(), 'gpt-ts-dedup-'));
  try {
    const begin = performance.now();
    const inputs = await writeCorpus(root, documents);
    console.error(`${documents} documents written in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
    const whole = join(root, 'whole');
    const { seconds, cpuSeconds, rssMib } = await dedup(whole, inputs, memoryMib);
    const { original, near, equal } = await tally(inputs, whole);
    console.log(
      JSON.stringify({
        documents,
        seconds: Math.round(seconds),
        cpuSeconds: Math.round(cpuSeconds),
        peakRssMib: Math.round(rssMib),
        nearFound: `${near[1]}/${near[0]}`,
        equalFound: `${equal[1]}/${equal[0]}`,
        originalsLost: original[1],
        cores: availableParallelism(),
      }),
    );
    if (near[1] < near[0] * 0.999 || equal[1] < equal[0] || original[1] > 0) process.exitCode = 1;
    if (!kill) return;
    const stopped = join(root, 'stopped');
    const after = Math.random() * seconds * 1000;
    const first = await dedup(stopped, inputs, memoryMib, after);
    const left = existsSync(join(stopped, 'dedup', 'manifest.json'));
    const second = await dedup(stopped, inputs, memoryMib);
    const same = hashes(stopped) === hashes(whole);
    const killed =
      first === undefined && !left ? `killed after ${(after / 1000).toFixed(1)} s` : 'ended before the kill';
    console.log(JSON.stringify({ killed, secondsAfter: Math.round(second.seconds), same }));
    if (!same) process.exitCode = 1;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    documents: { type: 'string', default: '1000000' },
    'memory-mib': { type: 'string', default: '512' },
    kill: { type: 'boolean', default: false },
    child: { type: 'string' },
  },
});
if (values.child) await child(values.child, positionals, Number(values['memory-mib']));
else await main(Number(values.documents), Number(values['memory-mib']), values.kill);
