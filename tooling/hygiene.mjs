/**
 * Checks what a user would install: every public package's `package.json`, its files, and that its tarball resolves in
 * Node and in bundlers (publint, are-the-types-wrong).
 *
 *     node tooling/hygiene.mjs        (after a build)
 */
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapInParallel, packTo, readJson, readPackages, root, run } from './workspace.mjs';

const bin = join(root, 'node_modules/.bin');
const NODE = '>=20.19.0'; // the oldest line that vitest, vite and the kernels are tested on

/**
 * What is wrong with a package's manifest and its files beside it.
 *
 * @param {{ folder: string, manifest: Record<string, any> }} each
 * @param {(file: string) => boolean} has - Whether the package's folder has this file.
 * @returns {string[]}
 */
export function manifestProblems({ folder, manifest }, has) {
  const { name, description, license, type, engines, files, exports, bin: commands } = manifest;
  const app = folder.startsWith('apps/');
  const want = [
    [/^@gpt-ts\/[a-z-]+$/.test(name) || (app && name === 'gpt-ts'), 'name is not @gpt-ts/…'],
    [description?.endsWith('.'), 'description is missing, or not a sentence'],
    [license === 'MIT', 'license is not MIT'],
    [type === 'module', 'type is not module'],
    [engines?.node === NODE, `engines.node is not ${NODE}`],
    [files?.includes('dist'), 'files does not list dist'],
    [app ? commands?.gpt : exports?.['.'], app ? 'bin has no gpt' : 'exports has no front door "."'],
    ...Object.entries(exports ?? {}).map(([entry, target]) => [
      entry.endsWith('.json') || Object.keys(target)[0] === 'types',
      `exports "${entry}" does not name its types first`,
    ]),
    ...['LICENSE', 'README.md'].map((file) => [has(file), `${file} is missing`]),
    ...Object.entries(manifest.dependencies ?? {}).map(([each, range]) => [
      !each.startsWith('@gpt-ts/') || range === 'workspace:*',
      `dependency ${each} is not workspace:*`,
    ]),
  ];
  return want.filter(([holds]) => !holds).map(([, problem]) => problem);
}

/**
 * Third-party packages asked for in more than one version.
 *
 * @param {{ folder: string, manifest: Record<string, any> }[]} packages
 * @returns {string[]}
 */
export function versionProblems(packages) {
  const wanted = new Map(); // name -> range -> folders
  for (const { folder, manifest } of packages) {
    for (const section of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
      for (const [name, range] of Object.entries(manifest[section] ?? {})) {
        if (!wanted.has(name)) wanted.set(name, new Map());
        const folders = wanted.get(name);
        folders.set(range, [...(folders.get(range) ?? []), folder]);
      }
    }
  }
  return [...wanted]
    .filter(([, ranges]) => ranges.size > 1)
    .map(([name, ranges]) => {
      const each = [...ranges].map(([range, folders]) => `${range} (${folders.join(', ')})`);
      return `${name} is wanted as ${each.join(' and as ')}`;
    });
}

/** What publint and are-the-types-wrong say about a tarball; nothing when they are content. */
async function tarballProblems(tarball) {
  const checks = [
    ['publint', tarball, '--strict'],
    ['attw', tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji'],
  ];
  const results = await Promise.all(checks.map(([tool, ...args]) => run([join(bin, tool), ...args])));
  return results.flatMap(({ status, output }, i) =>
    status === 0 ? [] : `${checks[i][0]}:\n${output.trim()}`,
  );
}

if (realpathSync(process.argv[1]) === import.meta.filename) {
  const packages = readPackages();
  const all = [{ folder: '.', manifest: readJson(join(root, 'package.json')) }, ...packages];
  const published = packages.filter(({ manifest }) => !manifest.private);
  const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-hygiene-'));
  const problems = versionProblems(all).map((problem) => `repository: ${problem}`);
  try {
    const found = await mapInParallel(published, async (each) => {
      const own = manifestProblems(each, (file) => existsSync(join(each.path, file)));
      const { tarball } = await packTo(each, folder);
      return [...own, ...(await tarballProblems(tarball))];
    });
    problems.push(...published.flatMap((each, i) => found[i].map((problem) => `${each.folder}: ${problem}`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`${published.length} packages are fit to publish.`);
  process.exitCode = problems.length ? 1 : 0;
}
