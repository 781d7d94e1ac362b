/** A process that measures one job: one number of threads, one build of the kernels. Sends its rows to its parent. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { benchHooks } from '@gpt-ts/backend-wasm/bench';
import { isGptError } from '@gpt-ts/core';
import { printError } from '../io.js';
import type { BenchRow } from './bench-row.js';
import { Peer } from './peer.js';
import { casesOf, type Job } from './suites.js';

try {
  await measure(JSON.parse(process.argv[2]));
  process.disconnect();
} catch (error) {
  if (!isGptError(error)) throw error;
  printError(error.message);
  process.exit(1);
}

async function measure(job: Job): Promise<void> {
  const { threads, simd } = await useWasmBackend({ threads: job.threads, simd: job.variant });
  using peer = new Peer();
  const bench = { rounds: job.rounds, hooks: benchHooks(), peer };
  for (const { name, shape, measure } of casesOf(job)) {
    const row: BenchRow = { name, shape, threads, variant: simd, ...(await measure(bench)) };
    process.send?.(row);
  }
}
