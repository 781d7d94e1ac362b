import { fork } from 'node:child_process';
import { once } from 'node:events';
import { GptError } from '@gpt-ts/core';
import type { BenchRow } from './bench-row.js';
import type { Job } from './suites.js';

/**
 * Runs jobs one after the other, each in a process of its own.
 *
 * @param onRow - Called as rows come.
 * @throws GptError `'bench-failed'` when a process ends early.
 */
export async function runJobs(jobs: readonly Job[], onRow: (row: BenchRow) => void): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const job of jobs) {
    const file = new URL('./job-process.js', import.meta.url);
    const child = fork(file, [JSON.stringify(job)], { stdio: ['ignore', 2, 2, 'ipc'] });
    child.on('message', (row: BenchRow) => {
      rows.push(row);
      onRow(row);
    });
    const [code] = await once(child, 'close');
    if (code !== 0) {
      throw new GptError('bench-failed', {
        message: `measuring ${job.group} (${job.variant}, threads: ${job.threads}) ended with exit code ${code}.`,
        hint: 'What it said is above; --simd, --threads and --only choose what is measured.',
      });
    }
  }
  return rows;
}
