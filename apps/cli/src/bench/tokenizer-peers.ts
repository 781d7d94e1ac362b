/** GPT-2's tokenizer beside every package of npm: do the ids agree, and how fast is each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alternate } from './alternate.js';
import { median, medianRatio } from './statistics.js';
import { TokenizerChild } from './tokenizer-child.js';
import { libraryNames, versionOf } from './tokenizer-libraries.js';
import type { Difference } from './tokenizer-messages.js';
import { COLD, DECODE, LOAD, OURS, WARM } from './tokenizer-names.js';
import { spreadOf, type TokenizerRow, throughput } from './tokenizer-row.js';
import { readTextSource, type TextSource } from './tokenizer-text.js';

/** How many times as fast as the fastest peer ours is to be. Loading has no bar. */
const BARS: ReadonlyMap<string, number> = new Map([
  [COLD, 2.5],
  [WARM, 2.5],
  [DECODE, 1.5],
]);

/** Whether a library says the same as ours. */
export interface Agreement {
  library: string;
  version: string;
  /** Not installed. */
  missing?: boolean;
  tokens?: number;
  difference?: Difference;
}

/** Compares the ids of the whole text, library by library. */
export async function compareIds(source: TextSource): Promise<Agreement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gpt-bench-'));
  try {
    const path = join(folder, 'ids');
    const found: Agreement[] = [];
    for (const library of libraryNames) {
      using child = new TokenizerChild({ library, source });
      const version = versionOf(library);
      if ((await child.ask({ do: 'load' })).missing) found.push({ library, version: '', missing: true });
      else {
        const { tokens, difference } = await child.ask({ do: library === OURS ? 'save' : 'compare', path });
        found.push({ library, version, tokens, difference });
      }
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What one comparison found, in words. */
export function agreementLine({ library, version, missing, tokens, difference }: Agreement): string {
  const name = `${library} ${version}`.trim();
  if (missing) return `${name}: not installed, so not measured.`;
  if (library === OURS) return `${name}: ${tokens} ids.`;
  if (difference === undefined) return `${name}: the same ids.`;
  const { at, ours, theirs, text } = difference;
  return `${name}: ids differ from place ${at}, ours ${ours.join(' ')}, theirs ${theirs.join(' ')}, at ${JSON.stringify(text)}.`;
}

/** Milliseconds to load each library, and for the first encoding, in a fresh process each time. */
export async function measureCold(
  libraries: readonly string[],
  source: TextSource,
  rounds: number,
): Promise<TokenizerRow[]> {
  const loads: number[][] = libraries.map(() => []);
  const colds = await alternate(
    libraries.map((library, i) => async () => {
      using child = new TokenizerChild({ library, source });
      loads[i].push((await child.ask({ do: 'load' })).ms!);
      return (await child.ask({ do: 'encode' })).ms!;
    }),
    rounds,
  );
  return [...rowsOf(LOAD, libraries, loads), ...rowsOf(COLD, libraries, colds, readTextSource(source))];
}

/** Milliseconds when everything is compiled and every cache is full, in one process for each library. */
export async function measureWarm(
  libraries: readonly string[],
  source: TextSource,
  rounds: number,
  work: 'encode' | 'decode',
): Promise<TokenizerRow[]> {
  const children = libraries.map((library) => new TokenizerChild({ library, source }));
  try {
    const slices = [];
    for (const child of children) {
      await child.ask({ do: 'load' });
      await child.ask({ do: 'prepare', work });
      slices.push(async () => (await child.ask({ do: 'slice' })).ms!);
    }
    const times = await alternate(slices, rounds);
    return rowsOf(work === 'encode' ? WARM : DECODE, libraries, times, readTextSource(source));
  } finally {
    for (const child of children) child[Symbol.dispose]();
  }
}

/** A row for each library; ours, which comes first, is compared with the fastest of the others. */
function rowsOf(
  name: string,
  libraries: readonly string[],
  times: readonly number[][],
  text?: string,
): TokenizerRow[] {
  const [ours, ...theirs] = times;
  const best = theirs.map(median).reduce((least, ms, i, all) => (ms < all[least] ? i : least), 0);
  return libraries.map((library, i) => {
    const row: TokenizerRow =
      text === undefined
        ? { name, library, value: median(times[i]), spread: spreadOf(times[i]), unit: 'ms' }
        : { name, library, ...throughput(text, times[i]) };
    if (i > 0 || theirs.length === 0) return row;
    return {
      ...row,
      against: libraries[1 + best],
      ratio: medianRatio(theirs[best], ours),
      bar: BARS.get(name),
    };
  });
}
