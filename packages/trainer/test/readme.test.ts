/**
 * Runs the README's first `ts` block, as a reader would paste it, against the built package.
 *
 * `code; // => value` must give that value; the claim may also stand on the line below.
 */
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { expect, test } from 'vitest';

test('the example in the README gives the values it shows', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const checked = example.replace(/^ *(\S.*);\s+\/\/ => (.+)$/gm, 'deepStrictEqual($1, $2);');
  expect(checked).toContain('deepStrictEqual');
  expect(checked).not.toContain('// =>'); // every claim is checked

  const script = `import { deepStrictEqual } from 'node:assert/strict';\n${checked}`;
  // inside the package, so that it can import itself by name
  const file = fileURLToPath(new URL(`../dist/readme-${process.pid}.mjs`, import.meta.url));
  await writeFile(
    file,
    ts.transpile(script, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 }),
  );
  try {
    await promisify(execFile)(process.execPath, [file]);
  } finally {
    await rm(file);
  }
});
