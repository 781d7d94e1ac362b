import { expect, test } from 'vitest';
import { manifestProblems, versionProblems } from './hygiene.mjs';

const sound = {
  name: '@gpt-ts/core',
  description: 'Errors and seeded random.',
  license: 'MIT',
  type: 'module',
  engines: { node: '>=20.19.0' },
  files: ['dist'],
  exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  dependencies: { '@gpt-ts/kernels': 'workspace:*' },
};
const problems = (changes: object, has = (_: string) => true, folder = 'packages/core') =>
  manifestProblems({ folder, manifest: { ...sound, ...changes } }, has);

test('a sound package has no problems', () => {
  expect(problems({})).toEqual([]);
  expect(
    problems({ name: 'gpt-ts', exports: undefined, bin: { gpt: 'x.js' } }, undefined, 'apps/cli'),
  ).toEqual([]);
});

test('each field and file that is missing or wrong is named', () => {
  expect(problems({ name: 'core' })).toEqual(['name is not @gpt-ts/…']);
  expect(problems({ description: undefined })).toEqual(['description is missing, or not a sentence']);
  expect(problems({ license: undefined })).toEqual(['license is not MIT']);
  expect(problems({ type: 'commonjs' })).toEqual(['type is not module']);
  expect(problems({ engines: undefined })).toEqual(['engines.node is not >=20.19.0']);
  expect(problems({ files: undefined })).toEqual(['files does not list dist']);
  expect(problems({ exports: undefined })).toEqual(['exports has no front door "."']);
  expect(problems({ exports: { '.': { default: './x.js', types: './x.d.ts' } } })).toEqual([
    'exports "." does not name its types first',
  ]);
  expect(problems({ dependencies: { '@gpt-ts/kernels': '^1.0.0' } })).toEqual([
    'dependency @gpt-ts/kernels is not workspace:*',
  ]);
  expect(problems({}, () => false)).toEqual(['LICENSE is missing', 'README.md is missing']);
  expect(problems({ bin: undefined }, undefined, 'apps/cli')).toEqual(['bin has no gpt']);
});

test('one third-party package in two versions is found, with its places', () => {
  const packages = [
    { folder: 'packages/a', manifest: { dependencies: { long: '4.0.0', same: '1.0.0' } } },
    { folder: 'packages/b', manifest: { devDependencies: { long: '5.0.0', same: '1.0.0' } } },
  ];
  expect(versionProblems(packages)).toEqual([
    'long is wanted as 4.0.0 (packages/a) and as 5.0.0 (packages/b)',
  ]);
});
