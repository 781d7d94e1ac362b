/**
 * Makes the binaries the backend loads.
 *
 * 1. The kernels: `assembly/` four times, with plain and with relaxed SIMD, each for ordinary and for shared memory, as
 *    base64 in `src/generated/`, so that Node and every bundler load them with no file or network access. The module lives
 *    on tfjs's heap, so it may own no memory: a data segment would overwrite tensors. That is checked.
 * 2. tfjs's own SIMD module, in `dist/`: as it is, and on shared memory, with one bit set: the shared flag of its memory
 *    section. It declares a maximum already, which shared memory needs. The binary is pinned by its hash, so a
 *    different one fails the build and not a user's program.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';

const MEMORY_SECTION = 5; // section ids: WebAssembly core specification 5.5.2
const DATA_SECTION = 11;
const TFJS_SHA256 = '77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b'; // 4.22.0
const TFJS_MEMORY = [1, 1, 0x80, 2, 0x80, 0x80, 4]; // one memory, with a maximum: 256 to 65536 pages
const SHARED_AND_MAXIMUM = 3;

const SHARED = ['--enable=threads', '--sharedMemory', '--initialMemory=1', '--maximumMemory=65536'];
const RELAXED = ['--enable=relaxed-simd'];

await rm('src/generated', { recursive: true, force: true });
await mkdir('src/generated', { recursive: true });
await mkdir('dist', { recursive: true });
await build('plain', []);
await build('plain-shared', SHARED);
await build('relaxed', RELAXED);
await build('relaxed-shared', [...RELAXED, ...SHARED]);
await copyFile(tfjsFile(), 'dist/tfjs-backend-wasm-simd.wasm');
await writeFile('dist/tfjs-backend-wasm-simd-shared.wasm', await sharedTfjs());

async function build(name, flags) {
  const bytes = await compile(`${name}.wasm`, flags);
  await writeFile(
    `src/generated/${name}.ts`,
    `// Made by scripts/build-wasm.mjs from assembly/: ${bytes.length} bytes.
export const base64: string = '${bytes.toString('base64')}';
`,
  );
}

async function compile(name, flags) {
  const outFile = `src/generated/${name}`;
  const { error, stdout, stderr } = await asc.main([
    'assembly/index.ts',
    `--outFile=${outFile}`,
    '-O3',
    '--converge',
    '--noAssert',
    '--runtime=stub',
    '--importMemory',
    '--noExportMemory',
    '--enable=simd',
    '--use=abort=',
    ...flags,
  ]);
  if (error) throw new Error(`asc: ${stdout}${stderr}`, { cause: error });
  const bytes = await readFile(outFile);
  if (section(bytes, DATA_SECTION))
    throw new Error('the kernels have a data segment; they may own no memory');
  return bytes;
}

function tfjsFile() {
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return join(dirname(entry), 'tfjs-backend-wasm-simd.wasm');
}

async function sharedTfjs() {
  const bytes = await readFile(tfjsFile());
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== TFJS_SHA256) {
    throw new Error(`tfjs-backend-wasm-simd.wasm has hash ${hash}, expected ${TFJS_SHA256} (version 4.22.0)`);
  }
  const memory = section(bytes, MEMORY_SECTION);
  if ([...memory].join() !== TFJS_MEMORY.join())
    throw new Error(`tfjs declares its memory as [${[...memory]}]`);
  memory[1] = SHARED_AND_MAXIMUM;
  if (!WebAssembly.validate(bytes)) throw new Error('tfjs does not validate on shared memory');
  return bytes;
}

/** A view of the first section with this id. */
function section(wasm, wanted) {
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id === wanted) return wasm.subarray(at, at + size);
    at += size;
  }
  return undefined;
}
