/** Published data sets, which live outside the repository. Tests that need them are skipped where they are missing. */
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { test } from 'vitest';
import type { TextFile } from '../../src/index.js';

const folder =
  process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/** A file of the data folder, unpacked if its name ends in `.gz`. */
export function readData(path: string): TextFile {
  const bytes = readFileSync(`${folder}/${path}`);
  return { name: basename(path), text: (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8') };
}

/** A test that runs only where all these files are. */
export function testWithData(title: string, paths: readonly string[], run: () => void): void {
  const missing = paths.filter((path) => !existsSync(`${folder}/${path}`));
  if (missing.length === 0) test(title, { timeout: 60_000 }, run);
  else test.skip(`${title} (no ${missing.join(', ')} in ${folder}; set GPT_TS_DATA)`, run);
}
