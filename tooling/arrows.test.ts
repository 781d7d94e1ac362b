import { expect, test } from 'vitest';
import { ARROWS, findViolations, type Package, readWorkspace } from './arrows.mjs';

const EXPORTS = { '.': {}, './node': {}, './test': {} };

/** A small house without a fault: core, kernels, model and an app. */
function house(changes: Record<string, Partial<Package>> = {}): Package[] {
  const packages: Package[] = [
    { folder: 'packages/core', manifest: { name: '@gpt-ts/core', exports: EXPORTS }, files: [] },
    {
      folder: 'packages/kernels',
      manifest: {
        name: '@gpt-ts/kernels',
        exports: EXPORTS,
        dependencies: { '@gpt-ts/core': 'workspace:*', '@tensorflow/tfjs-core': '4.22.0' },
      },
      files: [],
    },
    {
      folder: 'packages/model',
      manifest: {
        name: '@gpt-ts/model',
        exports: EXPORTS,
        dependencies: { '@gpt-ts/core': 'workspace:*', '@gpt-ts/kernels': 'workspace:*' },
        devDependencies: { 'fast-check': '4.0.0' },
      },
      files: [],
    },
    {
      folder: 'apps/cli',
      manifest: { name: '@gpt-ts/cli', dependencies: { '@gpt-ts/model': 'workspace:*' } },
      files: [],
    },
  ];
  return packages.map((each) => ({ ...each, ...changes[each.folder] }));
}

/** What is wrong with one file, as `line import: rule`. */
function faults(file: string, text: string): string[] {
  const [, folder, path] = /^(\w+\/\w+)\/(.+)$/.exec(file)!;
  const packages = house({ [folder]: { files: [{ path, text }] } });
  return findViolations({ packages, devDependencies: { vitest: '4.1.12' } }).map((each) => {
    expect(each.file).toBe(file);
    return `${each.line} ${each.import}: ${each.rule}`;
  });
}

/** What is wrong with one dependency in a `package.json`. */
function manifestFaults(folder: string, dependencies: Record<string, string>): string[] {
  const name = `@gpt-ts/${folder.split('/')[1]}`;
  const packages = house({ [folder]: { manifest: { name, exports: EXPORTS, dependencies } } });
  return findViolations({ packages }).map((each) => `${each.file}:${each.line} ${each.import}: ${each.rule}`);
}

test('every package has its row, and this repository breaks no rule', () => {
  const workspace = readWorkspace();
  const libraries = workspace.packages.filter(({ folder }) => folder.startsWith('packages/'));
  expect(libraries.map(({ folder }) => folder.slice('packages/'.length)).sort()).toEqual(
    Object.keys(ARROWS).sort(),
  );
  expect(libraries.every(({ files }) => files.length > 0)).toBe(true);
  expect(findViolations(workspace)).toEqual([]);
});

test('the table has no cycle', () => {
  const reaches = (from: string, to: string): boolean =>
    ARROWS[from].some((each) => each === to || reaches(each, to));
  for (const name of Object.keys(ARROWS)) expect(reaches(name, name)).toBe(false);
});

test('what follows the arrows passes', () => {
  const text = `
    import { type Random } from '@gpt-ts/core';
    import { tensor } from '@gpt-ts/kernels';
    import './gpt.js';
    const help = "import x from 'left-pad'"; // import x from 'left-pad'
  `;
  expect(faults('packages/model/src/blocks/mlp.ts', text)).toEqual([]);
  expect(faults('packages/kernels/src/run.ts', "import * as tf from '@tensorflow/tfjs-core';")).toEqual([]);
  expect(faults('apps/cli/src/main.ts', "import 'node:fs';\nimport { GPT } from '@gpt-ts/model';")).toEqual(
    [],
  );
});

test('an import against the arrows is found in every way to write it', () => {
  const rule = '@gpt-ts/model: kernels may import only core';
  const text = `const quote = /[\`']/;
import { GPT } from '@gpt-ts/model';
import type { GPT as G } from '@gpt-ts/model';
import '@gpt-ts/model';
export * from '@gpt-ts/model';
export { GPT } from '@gpt-ts/model';
type T = import('@gpt-ts/model').GPT;
const later = \`\${await import('@gpt-ts/model')}\`;
const plain = await import(\`@gpt-ts/model\`);`;
  expect(faults('packages/kernels/src/run.ts', text)).toEqual(
    [2, 3, 4, 5, 6, 7, 8, 9].map((line) => `${line} ${rule}`),
  );
  expect(faults('packages/core/src/a.ts', "import '@gpt-ts/kernels';")).toEqual([
    '1 @gpt-ts/kernels: core may import no other package',
  ]);
});

test('a dependency against the arrows is found in package.json', () => {
  expect(
    manifestFaults('packages/kernels', { '@gpt-ts/core': 'workspace:*', '@gpt-ts/model': 'workspace:*' }),
  ).toEqual(['packages/kernels/package.json:10 @gpt-ts/model: kernels may import only core']);
  const peers = { name: '@gpt-ts/core', peerDependencies: { '@gpt-ts/kernels': 'workspace:*' } };
  const packages = house({ 'packages/core': { manifest: peers } });
  expect(findViolations({ packages })).toMatchObject([
    { import: '@gpt-ts/kernels', rule: 'core may import no other package' },
  ]);
});

test('a package without a row in the table is found', () => {
  const packages: Package[] = [
    ...house(),
    { folder: 'packages/extra', manifest: { name: '@gpt-ts/extra' }, files: [] },
  ];
  expect(findViolations({ packages }).map(({ file, rule }) => `${file}: ${rule}`)).toEqual([
    'packages/extra/package.json: has no row in the table of arrows; add extra to tooling/arrows.mjs',
  ]);
});

test('nothing imports an app', () => {
  expect(faults('packages/model/src/a.ts', "import '@gpt-ts/cli';")).toEqual([
    '1 @gpt-ts/cli: nothing imports an app',
  ]);
  expect(faults('packages/model/test/a.test.ts', "import '@gpt-ts/cli';")).toEqual([
    '1 @gpt-ts/cli: nothing imports an app',
  ]);
  expect(manifestFaults('packages/model', { '@gpt-ts/cli': 'workspace:*' })).toEqual([
    'packages/model/package.json:9 @gpt-ts/cli: nothing imports an app',
  ]);
});

test('only kernels and backend-wasm import tfjs, each its own part', () => {
  expect(faults('packages/model/src/a.ts', "import '@tensorflow/tfjs-core';")).toEqual([
    '1 @tensorflow/tfjs-core: only kernels and backend-wasm may import @tensorflow/tfjs-core',
  ]);
  expect(faults('packages/kernels/src/a.ts', "import '@tensorflow/tfjs-backend-wasm';")).toEqual([
    '1 @tensorflow/tfjs-backend-wasm: only backend-wasm may import @tensorflow/tfjs-backend-wasm',
  ]);
  expect(faults('packages/kernels/src/a.ts', "import '@tensorflow/tfjs';")).toEqual([
    '1 @tensorflow/tfjs: only kernels and backend-wasm import tfjs, and neither imports @tensorflow/tfjs',
  ]);
  expect(manifestFaults('packages/model', { '@tensorflow/tfjs-core': '4.22.0' })).toHaveLength(1);
});

test('a third-party import is a declared dependency', () => {
  expect(faults('packages/core/src/a.ts', "import 'left-pad/lib/x.js';")).toEqual([
    '1 left-pad/lib/x.js: left-pad is not among the dependencies of packages/core/package.json',
  ]);
  expect(faults('apps/cli/src/main.ts', "import '@gpt-ts/core';")).toEqual([
    '1 @gpt-ts/core: @gpt-ts/core is not among the dependencies of apps/cli/package.json',
  ]);
});

test('tests, and only tests, may use devDependencies', () => {
  const text = "import 'fast-check';\nimport 'vitest';";
  expect(faults('packages/model/test/a.ts', text)).toEqual([]);
  expect(faults('packages/model/src/a.test.ts', text)).toEqual([]);
  expect(faults('packages/model/src/a.bench.ts', text)).toEqual([]);
  expect(faults('packages/model/src/a.ts', text)).toHaveLength(2);
  expect(faults('packages/model/src/test/a.ts', text)).toHaveLength(2);
  expect(faults('packages/core/test/a.ts', "import 'fast-check';")).toHaveLength(1);
});

test('Node builtins stay behind the Node entry, tests and apps excepted', () => {
  const rule = '1 node:fs: Node builtins belong in src/node.ts or src/node/';
  expect(faults('packages/core/src/a.ts', "import 'node:fs';")).toEqual([rule]);
  expect(faults('packages/core/src/a/node.ts', "import 'node:fs';")).toEqual([rule]);
  expect(faults('packages/core/src/a.ts', "import 'fs';")).toEqual(['1 fs: write node:fs']);
  for (const path of ['src/node.ts', 'src/node/folder.ts', 'src/a.test.ts', 'test/support/a.ts']) {
    expect(faults(`packages/core/${path}`, "import 'node:fs';")).toEqual([]);
  }
});

test('nothing else reaches Node through the Node entry', () => {
  expect(faults('packages/core/src/index.ts', "export * from './node.js';")).toEqual([
    '1 ./node.js: only src/node.ts and src/node/ may import Node-only files',
  ]);
  expect(faults('packages/core/src/a/b.ts', "import '../node/folder.js';")).toHaveLength(1);
  expect(faults('packages/core/src/node.ts', "import './node/folder.js';")).toEqual([]);
  expect(faults('packages/model/src/a.ts', "import '@gpt-ts/core/node';")).toEqual([
    '1 @gpt-ts/core/node: a Node-only entry belongs in src/node.ts or src/node/',
  ]);
  expect(faults('packages/model/src/node.ts', "import '@gpt-ts/core/node';")).toEqual([]);
});

test('an import by condition is declared, and leads to Node only under "node"', () => {
  const withImports = (path: string, imports: Package['manifest']['imports']) => {
    const manifest = { name: '@gpt-ts/core', imports };
    const files = [{ path, text: "import '#platform';" }];
    const packages = house({ 'packages/core': { manifest, files } });
    return findViolations({ packages }).map(({ rule }) => rule);
  };
  const [node, browser] = ['./dist/node/platform.js', './dist/browser/platform.js'];
  expect(withImports('src/a.ts', { '#platform': { node, default: browser } })).toEqual([]);
  expect(withImports('src/node/a.ts', { '#platform': { default: node } })).toEqual([]);
  expect(withImports('src/a.ts', { '#platform': { default: node } })).toEqual([
    'only its "node" condition may lead to Node-only files',
  ]);
  expect(withImports('src/a.ts', undefined)).toEqual([
    'packages/core/package.json has no #platform among its imports',
  ]);
});

test('a relative import stays in its package', () => {
  const rule = 'leaves its package; import the other package by its name';
  expect(faults('packages/model/src/a/b.ts', "import '../../../core/src/index.js';")).toEqual([
    `1 ../../../core/src/index.js: ${rule}`,
  ]);
  expect(faults('packages/model/test/a.ts', "import '../../core/src/index.js';")).toHaveLength(1);
  expect(faults('packages/model/test/a.ts', "import '../src/gpt.js';")).toEqual([]);
});

test("a package's internals are its own", () => {
  expect(faults('packages/model/src/a.ts', "import '@gpt-ts/core/dist/random.js';")).toEqual([
    "1 @gpt-ts/core/dist/random.js: @gpt-ts/core does not export './dist/random.js'",
  ]);
  expect(faults('packages/model/src/a.ts', "import '@gpt-ts/model';")).toEqual([
    '1 @gpt-ts/model: inside a package import the file itself, not the package',
  ]);
  expect(faults('packages/model/test/readme.test.ts', "import '@gpt-ts/model';")).toEqual([]);
});
