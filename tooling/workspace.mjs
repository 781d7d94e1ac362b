/** What the tooling knows about the repository: its root, its packages, and how to run something beside something. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Every package of `packages/` and `apps/`, in the order of their folders.
 *
 * @param {string} [from] - The repository's root.
 * @returns {{ folder: string, path: string, manifest: Record<string, any> }[]} `folder` is relative, `path` absolute.
 */
export function readPackages(from = root) {
  return ['packages', 'apps']
    .filter((group) => existsSync(join(from, group)))
    .flatMap((group) => readdirSync(join(from, group)).map((name) => `${group}/${name}`))
    .map((folder) => ({ folder, path: join(from, folder) }))
    .filter(({ path }) => existsSync(join(path, 'package.json')))
    .map((each) => ({ ...each, manifest: readJson(join(each.path, 'package.json')) }));
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * Runs a command to its end.
 *
 * @param {string[]} command - The program and its arguments.
 * @param {string} cwd
 * @returns {Promise<{ status: number, stdout: string, output: string }>} `output` is both streams, as they came.
 */
export function run([program, ...args], cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, stdout, output }));
  });
}

/** `Promise.all(items.map(work))`, with one item per core at a time. */
export async function mapInParallel(items, work, workers = availableParallelism()) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i], i);
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}

/**
 * Packs a package as `pnpm publish` would.
 *
 * @param {{ path: string }} each
 * @param {string} folder - Where the tarball goes.
 * @returns {Promise<{ tarball: string, files: string[] }>} The tarball's path, and the paths in it.
 */
export async function packTo({ path }, folder) {
  const { status, stdout, output } = await run(
    ['pnpm', 'pack', '--json', '--pack-destination', folder],
    path,
  );
  if (status !== 0) throw new Error(`pnpm pack failed in ${path}:\n${output}`);
  const { filename, files } = JSON.parse(stdout);
  return { tarball: filename, files: files.map((each) => each.path) };
}
