/** Published data sets, which live outside the repository. Tests that need them are skipped where they are missing. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

export const dataFolder: string =
  process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/** A test that runs only where all these files are; it gets a function that reads one. */
export function testWithData(
  title: string,
  paths: readonly string[],
  run: (read: (path: string) => string) => void,
): void {
  const missing = paths.filter((path) => !existsSync(`${dataFolder}/${path}`));
  const read = (path: string) => readFileSync(`${dataFolder}/${path}`, 'utf8');
  if (missing.length === 0) test(title, { timeout: 60_000 }, () => run(read));
  else test.skip(`${title} (no ${missing.join(', ')} in ${dataFolder}; set GPT_TS_DATA)`, () => {});
}
