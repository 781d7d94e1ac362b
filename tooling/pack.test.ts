/**
 * Every package is usable alone: packed, installed by itself in an empty folder outside the repository, and imported
 * by plain Node. Nothing is hoisted there, so an import that is not a declared dependency fails.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapInParallel, packTo, readPackages, run, type WorkspacePackage } from './workspace.mjs';

const packages = readPackages().filter(({ manifest }) => !manifest.private);
const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-pack-'));
const packed = new Map<string, { tarball: string; files: string[] }>(); // by package name
let store: string; // pnpm's: shared with the repository, so that nothing is downloaded twice

beforeAll(async () => {
  store = (await run(['pnpm', 'store', 'path'])).stdout.trim();
  await mapInParallel(packages, async (each) => packed.set(each.manifest.name, await packTo(each, folder)));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a project with these packages and nothing else. Returns its folder. */
async function install(project: string, names: string[]): Promise<string> {
  const path = join(folder, project);
  mkdirSync(path);
  const tarballs = Object.fromEntries([...packed].map(([name, { tarball }]) => [name, `file:${tarball}`]));
  const dependencies = Object.fromEntries(names.map((name) => [name, tarballs[name]]));
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  // YAML, since JSON is YAML. The packages' own dependencies on each other are tarballs too.
  const settings = { packages: ['.'], overrides: tarballs, hoist: false, storeDir: store };
  writeFileSync(join(path, 'pnpm-workspace.yaml'), JSON.stringify(settings));
  const offline = await run(['pnpm', 'install', '--offline', '--no-frozen-lockfile'], path);
  if (offline.status === 0) return path;
  const online = await run(['pnpm', 'install', '--prefer-offline', '--no-frozen-lockfile'], path);
  expect(online.output, online.output).not.toContain('ERR_');
  expect(online.status, online.output).toBe(0);
  return path;
}

/** Runs a module in a project and returns what it prints as JSON. */
async function runModule(path: string, script: string, ...args: string[]): Promise<unknown> {
  writeFileSync(join(path, 'script.js'), script);
  const { status, stdout, output } = await run([process.execPath, 'script.js', ...args], path);
  expect(status, output).toBe(0);
  return JSON.parse(stdout);
}

/** The import paths of a package: `@gpt-ts/core`, `@gpt-ts/core/node`, … */
const entriesOf = ({ manifest }: WorkspacePackage): string[] =>
  Object.keys(manifest.exports).map((entry) => manifest.name + entry.slice(1));

const PRINT_EXPORTS = `
const names = {};
for (const entry of process.argv.slice(2)) {
  const options = entry.endsWith('.json') ? { with: { type: 'json' } } : {};
  names[entry] = Object.keys(await import(entry, options));
}
console.log(JSON.stringify(names));
`;

describe.concurrent('alone, in an empty project', { timeout: 300_000 }, () => {
  test.each(packages)('$manifest.name installs, and every entry imports', async (each) => {
    const { name, bin = {} } = each.manifest;
    const path = await install(basename(each.folder), [name]);
    const names = (await runModule(path, PRINT_EXPORTS, ...entriesOf(each))) as Record<string, string[]>;
    for (const entry of entriesOf(each)) expect(names[entry], entry).not.toEqual([]);
    for (const command of Object.keys(bin)) {
      const { status, stdout, output } = await run(
        [join(path, 'node_modules/.bin', command), '--help'],
        path,
      );
      expect(status, output).toBe(0);
      expect(stdout).toContain(command);
    }
  });

  test('a model computes on the wasm backend what the reference computes', async () => {
    const path = await install('compute', ['@gpt-ts/model', '@gpt-ts/kernels', '@gpt-ts/backend-wasm']);
    const script = `
      import { useWasmBackend } from '@gpt-ts/backend-wasm';
      import { useReferenceBackend } from '@gpt-ts/kernels/reference';
      import { GPT } from '@gpt-ts/model';
      await (process.argv[2] === 'wasm' ? useWasmBackend() : useReferenceBackend());
      const model = GPT.random({ nLayer: 2, nHead: 2, nEmbd: 16, nCtx: 8, nVocab: 11 }, 1337);
      const logits = model.logits(Int32Array.of(3, 1, 4, 1, 5), 1);
      console.log(JSON.stringify({ shape: logits.shape, values: [...(await logits.data())] }));
    `;
    type Logits = { shape: number[]; values: number[] };
    const wasm = (await runModule(path, script, 'wasm')) as Logits;
    const reference = (await runModule(path, script, 'reference')) as Logits;
    expect(wasm.shape).toEqual([1, 5, 11]);
    expect(reference.shape).toEqual(wasm.shape);
    expect(new Set(reference.values).size).toBeGreaterThan(50);
    for (const [i, value] of reference.values.entries()) {
      expect(Math.abs(wasm.values[i] - value)).toBeLessThan(1e-6); // largest seen: 3e-8
    }
  });
});

test.each(packages)(
  'the tarball of $manifest.name holds the build and its papers, no tests',
  ({ manifest }) => {
    const { files } = packed.get(manifest.name)!;
    const papers = /^(LICENSE|README\.md|CHANGELOG\.md|package\.json)$/;
    expect(files.filter((file) => !papers.test(file) && !file.startsWith('dist/'))).toEqual([]);
    expect(files.filter((file) => /\.(test|test-d|bench)\.|tsbuildinfo|\.tgz$/.test(file))).toEqual([]);
  },
);
