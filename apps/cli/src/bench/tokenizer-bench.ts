/** The benchmark of tokenizers: chooses what is measured, and measures it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { GptError, InvalidArgumentError } from '@gpt-ts/core';
import {
  COLD,
  DECODE,
  GPT1,
  LOAD,
  linearName,
  OURS,
  RUNS,
  TRAINING_MEMORY,
  TRAINING_PIECES,
  TRAINING_SECONDS,
  WARM,
  WAYS,
} from './tokenizer-names.js';
import type { OwnJob } from './tokenizer-ours-process.js';
import { type Agreement, compareIds, measureCold, measureWarm } from './tokenizer-peers.js';
import type { TokenizerRow } from './tokenizer-row.js';
import type { TextSource } from './tokenizer-text.js';

/** What to measure. */
export interface TokenizerBenchOptions {
  source: TextSource;
  rounds: number;
  /** Also the rows that take minutes. */
  training: boolean;
  /** A part of the name of the rows wanted. */
  only?: string;
}

/** What was measured. */
export interface TokenizerBenchResult {
  /** Empty where no row compares libraries. */
  agreement: Agreement[];
  rows: TokenizerRow[];
}

/** Names of all rows. */
const NAMES = {
  cold: [LOAD, COLD],
  warm: [WARM],
  decode: [DECODE],
  ways: WAYS,
  gpt1: [GPT1],
  linearity: RUNS.map(linearName),
  training: [TRAINING_SECONDS, TRAINING_MEMORY, TRAINING_PIECES],
} as const;

/**
 * Measures, group by group.
 *
 * @param on - Called as results come.
 * @throws InvalidArgumentError when no row is wanted.
 * @throws GptError `'bench-failed'` when a process ends early.
 */
export async function benchTokenizers(
  { source, rounds, training, only = '' }: TokenizerBenchOptions,
  on: { agreement(found: Agreement): void; row(row: TokenizerRow): void },
): Promise<TokenizerBenchResult> {
  const matches = (name: string) => name.toLowerCase().includes(only.toLowerCase());
  const wants = (group: keyof typeof NAMES) =>
    (group !== 'training' || training) && NAMES[group].some(matches);
  const groups = (Object.keys(NAMES) as (keyof typeof NAMES)[]).filter(wants);
  if (groups.length === 0) {
    const expected = 'a part of the name of a row';
    throw new InvalidArgumentError({ argument: '--only', expected, received: only });
  }
  const result: TokenizerBenchResult = { agreement: [], rows: [] };
  const add = (rows: readonly TokenizerRow[]) => {
    for (const row of rows.filter(({ name }) => matches(name))) {
      result.rows.push(row);
      on.row(row);
    }
  };
  if (groups.some((group) => group === 'cold' || group === 'warm' || group === 'decode')) {
    result.agreement = await compareIds(source);
    result.agreement.forEach(on.agreement);
  }
  const libraries = result.agreement.filter(({ missing }) => !missing).map(({ library }) => library);
  const runs = RUNS.filter((run) => matches(linearName(run)));
  for (const group of groups) {
    if (group === 'cold') add(await measureCold(libraries, source, rounds));
    else if (group === 'warm') add(await measureWarm(libraries, source, rounds, 'encode'));
    else if (group === 'decode') add(await measureWarm(libraries, source, rounds, 'decode'));
    else add(await measureOurs({ group, source, rounds, runs }));
  }
  return result;
}

/** Rows of ours alone, from a process of their own. */
async function measureOurs(job: OwnJob): Promise<TokenizerRow[]> {
  const rows: TokenizerRow[] = [];
  const file = new URL('./tokenizer-ours-process.js', import.meta.url);
  const child = fork(file, [JSON.stringify(job)], { stdio: ['ignore', 2, 2, 'ipc'] });
  child.on('message', (row: TokenizerRow) => rows.push(row));
  const [code] = await once(child, 'close');
  if (code === 0) return rows;
  throw new GptError('bench-failed', {
    message: `measuring ${OURS} (${job.group}) ended with exit code ${code}.`,
    hint: 'What it said is above; --only chooses what is measured.',
  });
}
