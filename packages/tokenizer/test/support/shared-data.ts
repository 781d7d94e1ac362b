/** Data sets that live outside the repository. Tests that need them are skipped where they are missing. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

const folder =
  process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/** Where a file of the data folder is. */
export function dataPath(path: string): string {
  return `${folder}/${path}`;
}

/** The text of a file in the data folder. */
export function readData(path: string): string {
  return readFileSync(dataPath(path), 'utf8');
}

/** A test that runs only where all these files or folders are. */
export function testWithData(title: string, paths: readonly string[], run: () => void): void {
  const missing = paths.filter((path) => !existsSync(dataPath(path)));
  const timeout = 60_000; // megabytes, on a busy machine
  if (missing.length === 0) test(title, { timeout }, run);
  else test.skip(`${title} (no ${missing.join(', ')} in ${folder}; set GPT_TS_DATA)`, run);
}
