/**
 * Keeps the table of docs/backends.md: every kernel, what differentiates it, and how far each backend is from the
 * reference.
 *
 *     node tooling/backends.mjs            (after a build) runs the conformance suite on each backend, writes the table
 *     node tooling/backends.mjs --check    fails when the kernels, gradients or cases are not those of the table
 */
import { readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kernelCases } from '@gpt-ts/kernels/test';
import { root, run } from './workspace.mjs';

const page = join(root, 'docs/backends.md');
const MARKERS = /(<!-- table: .*? -->\n)(.*?)(<!-- end of table -->)/s;

/** How each column's backend is started, by the column's title. */
const BACKENDS = {
  '`wasm`': async () => (await import('@gpt-ts/backend-wasm')).useWasmBackend(),
  'composed, on stock tfjs-wasm': async () =>
    (await import('@gpt-ts/backend-wasm/stock')).useStockWasmBackend(),
  'composed, on tfjs-cpu': async () => {
    await import('@gpt-ts/kernels/reference'); // brings tfjs's cpu backend
    await (await import('@gpt-ts/kernels/composed')).useComposedBackend('cpu');
  },
};

/**
 * One row a kernel: its name, the kernels of its gradient, its number of cases.
 *
 * @param {string[]} kernels
 * @param {{ name: string }[]} cases
 * @param {string[]} gradients - The text of every `*.grad.ts`.
 * @returns {string[][]}
 */
export function factRows(kernels, cases, gradients) {
  const parts = new Map(
    gradients.map((text) => {
      const run = new Set([...text.matchAll(/run\('(\w+)'/g)].map(([, name]) => `\`${name}\``));
      return [/kernelName: '(\w+)'/.exec(text)[1], [...run].join(', ') || 'a copy'];
    }),
  );
  return kernels.map((kernel) => {
    const count = cases.filter(({ name }) => name.startsWith(`${kernel} `)).length;
    return [`\`${kernel}\``, parts.get(kernel) ?? '', `${count}`];
  });
}

/**
 * Are the table's first columns these?
 *
 * @param {string} markdown - The whole page.
 * @param {string[][]} facts
 */
export function isFresh(markdown, facts) {
  const [, , table = ''] = MARKERS.exec(markdown) ?? [];
  const rows = table.trim().split('\n').slice(2);
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, 4)
      .map((cell) => cell.trim()),
  );
  return JSON.stringify(cells) === JSON.stringify(facts);
}

async function facts() {
  const { referenceKernels } = await import('@gpt-ts/kernels/reference');
  const source = join(root, 'packages/kernels/src');
  const files = readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.grad.ts'));
  const gradients = files.map((file) => readFileSync(join(source, file), 'utf8'));
  return factRows(Object.keys(referenceKernels), kernelCases(), gradients);
}

/** Largest difference a kernel on one backend; it prints them for the process that asked. */
async function measure(title) {
  await BACKENDS[title]();
  const largest = {};
  for (const { name, check } of kernelCases()) {
    const [kernel] = name.split(' ');
    largest[kernel] = Math.max(largest[kernel] ?? 0, await check());
  }
  console.log(JSON.stringify(largest));
}

async function write() {
  const columns = [];
  for (const title of Object.keys(BACKENDS)) {
    const { status, stdout, output } = await run([
      process.execPath,
      import.meta.filename,
      '--measure',
      title,
    ]);
    if (status !== 0) throw new Error(`${title} does not pass its cases:\n${output}`);
    columns.push(JSON.parse(stdout.trim().split('\n').at(-1)));
  }
  const show = (difference) => (difference === 0 ? '0' : difference.toExponential(0));
  const rows = (await facts()).map((cells) => [
    ...cells,
    ...columns.map((column) => show(column[cells[0].slice(1, -1)])),
  ]);
  const header = ['kernel', 'its gradient runs', 'cases', ...Object.keys(BACKENDS)];
  const lines = [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const before = readFileSync(page, 'utf8');
  writeFileSync(
    page,
    before.replace(MARKERS, (_, begin, __, end) => `${begin}${lines.join('\n')}\n${end}`),
  );
}

async function check() {
  if (isFresh(readFileSync(page, 'utf8'), await facts())) return;
  console.error('docs/backends.md: the table is not that of the code. Run `pnpm backends` and commit it.');
  process.exitCode = 1;
}

if (realpathSync(process.argv[1]) === import.meta.filename) {
  const [option, title] = process.argv.slice(2);
  if (option === '--measure') await measure(title);
  else await (option === '--check' ? check() : write());
}
