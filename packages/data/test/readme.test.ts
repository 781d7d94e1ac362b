/** The first example of the README runs as pasted, and every `// => value` comment in it is true. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Turns `expression; // => value` into an assertion. */
function withChecks(example: string): string {
  const checked = example.replace(/^(.+?);? *\/\/ => (.+)$/gm, 'assert.deepStrictEqual($1, $2);');
  return `import assert from 'node:assert';\n${checked}`;
}

test("the README's example runs and its outputs are right", () => {
  const example = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${root}/README.md`, 'utf8'))![1];
  const program = withChecks(example);
  expect(program.match(/assert\.deepStrictEqual/g)?.length).toBeGreaterThan(3);
  // Run inside the package, which may import itself by name.
  execFileSync(process.execPath, ['--input-type=module'], { cwd: root, input: program });
});
