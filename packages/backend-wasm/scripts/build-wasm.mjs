/**
 * Compiles `assembly/` and writes the module as base64 into `src/generated/`, so that Node and every bundler load it
 * with no file or network access.
 *
 * The module shares tfjs's heap, so it may own no memory: a data segment would overwrite tensors. That is checked.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const flags = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  '--importMemory',
  '--noExportMemory',
  '--enable=simd',
  '--use=abort=',
];
const out = 'src/generated/kernels.wasm';
await mkdir('src/generated', { recursive: true });
const { error, stdout, stderr } = await asc.main(['assembly/index.ts', `--outFile=${out}`, ...flags]);
if (error) {
  console.error(stdout.toString(), stderr.toString());
  throw error;
}
const bytes = await readFile(out);
const module = new WebAssembly.Module(bytes);
if (hasSection(bytes, 11)) throw new Error('the kernels have a data segment; they may own no memory');
const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
await writeFile(
  'src/generated/kernels-wasm.ts',
  `/** Made by scripts/build-wasm.mjs from assembly/: ${bytes.length} bytes. Exports ${exports.join(', ')}. */
export const kernelsWasm: string =
  '${bytes.toString('base64')}';
`,
);

/** Whether a module has a section with this id (WebAssembly core specification, section 5.5.2). */
function hasSection(wasm, wanted) {
  for (let at = 8; at < wasm.length; ) {
    const id = wasm[at++];
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id === wanted) return true;
    at += size;
  }
  return false;
}
