import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findChromium } from './chromium.mjs';

const folder = mkdtempSync(join(tmpdir(), 'gpt-ts-chromium-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the first executable of the usual names on the PATH is found', () => {
  const [empty, other, own] = ['empty', 'other', 'own'].map((name) => join(folder, name));
  for (const each of [empty, other, own]) mkdirSync(each);
  const path = [empty, other, own].join(delimiter);
  writeFileSync(join(other, 'chromium'), '');
  chmodSync(join(other, 'chromium'), 0o644); // a file, but no program
  expect(findChromium(path)).toBeUndefined();
  writeFileSync(join(own, 'google-chrome'), '', { mode: 0o755 });
  expect(findChromium(path)).toBe(join(own, 'google-chrome'));
  writeFileSync(join(own, 'chromium'), '', { mode: 0o755 });
  expect(findChromium(path)).toBe(join(own, 'chromium'));
});
