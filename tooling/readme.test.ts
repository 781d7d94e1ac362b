/** The first `ts` example of every README, and of a tutorial, runs as pasted, and every `// => value` in it is true. */
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readPackages, root } from './workspace.mjs';

/** `code; // => value` and `const name = code; // => value` as assertions; the claim may stand on the next line. */
function withAssertions(example: string): string {
  return example
    .replace(/^ *const (\w+) = (.*);\s+\/\/ => (.+)$/gm, 'const $1 = $2; deepStrictEqual($1, $3);')
    .replace(/^ *(\S.*);\s+\/\/ => (.+)$/gm, 'deepStrictEqual($1, $2);');
}

/** Runs the example of a README as a file of `folder`, whose imports it may use. */
async function runExample(readme: string, folder: string): Promise<{ claims: number; checks: number }> {
  const example = /^```ts\n(.*?)^```$/ms.exec(await readFile(readme, 'utf8'))?.[1] ?? '';
  const checked = withAssertions(example);
  const script = `import { deepStrictEqual } from 'node:assert/strict';\n${checked}`;
  const file = join(folder, `readme-${process.pid}.mjs`);
  const target = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 }; // Node 20 has no `using`
  await writeFile(file, ts.transpile(script, target));
  try {
    await promisify(execFile)(process.execPath, [file]);
  } finally {
    await rm(file);
  }
  return { claims: example.split('// =>').length - 1, checks: checked.split('deepStrictEqual').length - 1 };
}

const packages = readPackages().filter(({ folder }) => folder.startsWith('packages/'));

test.each(packages)('the README of $folder', { timeout: 60_000 }, async ({ path }) => {
  const { claims, checks } = await runExample(join(path, 'README.md'), join(path, 'dist')); // may import itself by name
  expect(checks).toBe(claims);
  expect(checks).toBeGreaterThan(0);
});

test('the tutorial of zero-shot tasks', { timeout: 60_000 }, async () => {
  const tasks = packages.find(({ folder }) => folder === 'packages/tasks')!;
  const { claims, checks } = await runExample(
    join(root, 'docs/tutorials/zero-shot.md'),
    join(tasks.path, 'dist'),
  );
  expect([claims, checks]).toEqual([5, 5]);
});

test('the README of the repository', { timeout: 60_000 }, async () => {
  await runExample(join(root, 'README.md'), join(root, 'tooling'));
});
