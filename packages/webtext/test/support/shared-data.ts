/** Published data sets, which live outside the repository. Tests that need them are skipped where they are missing. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

/** The folder of data sets. */
export const dataFolder: string =
  process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/** A test that runs only where all these files are. */
export function testWithData(title: string, paths: readonly string[], run: () => void | Promise<void>): void {
  const missing = paths.filter((path) => !existsSync(`${dataFolder}/${path}`));
  if (missing.length === 0) test(title, { timeout: 300_000 }, run);
  else test.skip(`${title} (no ${missing.join(', ')} in ${dataFolder}; set GPT_TS_DATA)`, run);
}
