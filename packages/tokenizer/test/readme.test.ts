/** Runs the README's first example in Node, against the built package, and checks every `// => value` in it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('..', import.meta.url));

/** Turns `expression; // => value` and `const name = expression; // => value` into assertions. */
function withAssertions(example: string): { script: string; checks: number } {
  let checks = 0;
  const lines = example.split('\n').map((line) => {
    const match = /^(?:const (\w+) = )?(.+);\s*\/\/ => (.+)$/.exec(line);
    if (match === null) return line;
    const [, name, expression, value] = match;
    checks++;
    const declaration = name === undefined ? '' : `const ${name} = ${expression}; `;
    return `${declaration}assert.deepStrictEqual(${name ?? expression}, ${value});`;
  });
  return { script: ["import assert from 'node:assert';", ...lines].join('\n'), checks };
}

test('the example in the README runs as it says', () => {
  const readme = readFileSync(`${folder}/README.md`, 'utf8');
  const example = /^```ts\n([\s\S]*?)^```$/m.exec(readme)![1];
  const { script, checks } = withAssertions(example);
  expect(checks).toBe(example.split('// =>').length - 1);
  expect(checks).toBeGreaterThan(0);
  const run = spawnSync(process.execPath, ['--input-type=module'], { cwd: folder, input: script });
  expect(run.stderr.toString()).toBe('');
  expect(run.status).toBe(0);
});
