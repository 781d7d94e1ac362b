import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '@gpt-ts/core';
import { stories } from '@gpt-ts/data';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'gpt-ts-dedup-'));

/** A file of JSON lines. */
export function writeJsonl(folder: string, name: string, records: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  return path;
}

/** Every record of a stage, in order: kept ones from `part-`, the others from `dropped-`. */
export function readStage(folder: string, prefix: 'part-' | 'dropped-'): Record<string, unknown>[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'))
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** So many stories, a third of them followed by a copy with up to seven words changed; many end in one footer. */
export function storiesWithCopies(count: number, seed: number): string[] {
  const random = new Random(seed);
  const texts: string[] = [];
  for (const story of stories({ seed })) {
    if (texts.length >= count) break;
    const text = random.int(2) > 0 ? story : `${story} subscribe now to read more of these every day`;
    texts.push(text);
    if (random.int(3) > 0) continue;
    const words = text.split(' ');
    for (let i = random.int(8); i > 0; i--) words[random.int(words.length)] = 'changed';
    texts.push(words.join(' '));
  }
  return texts;
}
