/**
 * `pnpm gpt …`: the command line from a checkout. Builds first if a source changed since the last build; what the
 * build prints goes to stderr, so `pnpm -s gpt … --json` prints JSON and nothing else on stdout.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readPackages, root } from './workspace.mjs';

const main = join(root, 'apps/cli/dist/main.js');
const stamp = join(root, 'node_modules/.cache/gpt-ts/built'); // the sources of the last good build, in brief
const packages = readPackages();

if (!isBuilt()) build();
// pnpm moves into the repository; relative paths mean where the user stands. Only if it was pnpm that started this:
// a program started by some other script inherits INIT_CWD too.
if (process.env.npm_lifecycle_event === 'gpt') process.chdir(process.env.INIT_CWD ?? '.');
process.argv[1] = main;
await import(pathToFileURL(main).href);

function isBuilt() {
  const outputs = [main, ...packages.map(({ path }) => join(path, 'dist/.tsbuildinfo'))];
  return (
    outputs.every((path) => existsSync(path)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === state()
  );
}

/** Which sources there are, and when each changed. */
function state() {
  const sources = ['package.json', 'tsconfig.json', 'src', 'assembly', 'scripts'];
  const lines = packages.flatMap(({ path }) => sources.flatMap((name) => times(join(path, name))));
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function times(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [`${relative(root, path)} ${stats.mtimeMs} ${stats.size}`];
  const names = readdirSync(path).filter((name) => name !== 'generated'); // made by the build itself
  return names.sort().flatMap((name) => times(join(path, name)));
}

function build() {
  const before = state(); // of what is built: a file saved meanwhile is for the next build
  const { status, error } = spawnSync('pnpm', ['-s', 'run', 'build'], {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32', // where pnpm is a .cmd file
  });
  if (error) console.error(`cannot run pnpm: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
}
