/** `gpt.mjs` in a small repository of its own, with a pnpm that notes its calls and prints noise. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const CLI = `
  const { argv } = process;
  console.log(JSON.stringify({ cwd: process.cwd(), main: argv[1], args: argv.slice(2) }));
  process.exitCode = argv.includes('--fail') ? 3 : 0;
`;
const PNPM = `#!/bin/sh
echo "building with $*"
[ -e broken ] && exit 2
mkdir -p apps/cli/dist && cp apps/cli/src/main.ts apps/cli/dist/main.js && touch apps/cli/dist/.tsbuildinfo
`;
let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'gpt-ts-run-')));
  for (const name of ['gpt.mjs', 'workspace.mjs']) {
    cpSync(join(import.meta.dirname, name), join(root, 'tooling', name));
  }
  write('package.json', '{ "type": "module" }');
  write('apps/cli/package.json', '{ "type": "module" }');
  write('apps/cli/src/main.ts', CLI);
  write('bin/pnpm', PNPM, 0o755);
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string, mode?: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}

function gpt(args: string[], { cwd = root, env = {} } = {}) {
  const PATH = `${join(root, 'bin')}${delimiter}${process.env.PATH}`;
  const { npm_lifecycle_event, INIT_CWD, ...rest } = process.env; // this test may run under pnpm itself
  const run = spawnSync(process.execPath, [join(root, 'tooling/gpt.mjs'), ...args], {
    cwd,
    env: { ...rest, PATH, ...env },
    encoding: 'utf8',
  });
  return { ...run, built: run.stderr.includes('building with -s run build') };
}

test('builds once, on stderr, and hands over the arguments', () => {
  const first = gpt(['info', '--json']);
  expect(first.built).toBe(true);
  expect(JSON.parse(first.stdout)).toEqual({
    cwd: root,
    main: join(root, 'apps/cli/dist/main.js'),
    args: ['info', '--json'],
  });
  expect(gpt([]).built).toBe(false);
});

test('builds again when a source is new, newer, older or gone, or the build is', () => {
  gpt([]);
  write('apps/cli/src/other.ts', '');
  expect(gpt([]).built).toBe(true);
  expect(gpt([]).built).toBe(false);
  rmSync(join(root, 'apps/cli/src/other.ts'));
  expect(gpt([]).built).toBe(true);
  for (const time of ['2050-01-01', '2020-01-01']) {
    utimesSync(join(root, 'apps/cli/src/main.ts'), new Date(time), new Date(time));
    expect(gpt([]).built).toBe(true);
  }
  expect(gpt([]).built).toBe(false);
  rmSync(join(root, 'apps/cli/dist/main.js'));
  expect(gpt([]).built).toBe(true);
});

test('passes on the exit code, and a failed build is no run', () => {
  expect(gpt(['--fail']).status).toBe(3);
  write('broken', '');
  write('apps/cli/src/other.ts', '');
  const { status, stdout } = gpt([]);
  expect(status).toBe(2);
  expect(stdout).toBe('');
});

test('started by pnpm, runs where the user stands', () => {
  const user = { INIT_CWD: join(root, 'apps'), npm_lifecycle_event: 'gpt' };
  expect(JSON.parse(gpt([], { env: user }).stdout).cwd).toBe(join(root, 'apps'));
  const other = { INIT_CWD: join(root, 'apps'), npm_lifecycle_event: 'test' };
  expect(JSON.parse(gpt([], { env: other }).stdout).cwd).toBe(root);
});
