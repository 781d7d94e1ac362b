/** Published data sets, which live outside the repository. Tests that need them are skipped where they are missing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { test } from 'vitest';
import type { TextFile } from '../../src/index.js';

const folder =
  process.env.GPT_TS_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url));

/** A file of the data folder; one that is packed loses its `.gz`. */
export function readData(path: string): TextFile {
  const bytes = readFileSync(`${folder}/${path}`);
  const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  return { name: basename(path, '.gz'), text: text.toString('utf8') };
}

/** The files in a folder of the data folder and in the folders below it; none where it is missing. */
export function listData(path: string): string[] {
  if (!existsSync(`${folder}/${path}`)) return [];
  const entries = readdirSync(`${folder}/${path}`, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => `${parentPath}/${name}`.slice(folder.length + 1)).sort();
}

/** A test that runs only where all these files are. */
export function testWithData(title: string, paths: readonly string[], run: () => void): void {
  const missing = paths.filter((path) => !existsSync(`${folder}/${path}`));
  if (missing.length === 0) test(title, { timeout: 60_000 }, run);
  else test.skip(`${title} (no ${missing.join(', ')} in ${folder}; set GPT_TS_DATA)`, run);
}
