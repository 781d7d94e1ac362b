/** A process that measures one group of what only ours is measured at, and sends the rows to its parent. */
import type { Run } from './tokenizer-names.js';
import { measureGpt1, measureLinearity, measureWays } from './tokenizer-ours.js';
import type { TokenizerRow } from './tokenizer-row.js';
import type { TextSource } from './tokenizer-text.js';
import { measureTraining } from './tokenizer-training.js';

/** What to measure. */
export interface OwnJob {
  group: 'ways' | 'gpt1' | 'linearity' | 'training';
  source: TextSource;
  rounds: number;
  /** Of linearity: which kinds of text. */
  runs: Run[];
}

const job: OwnJob = JSON.parse(process.argv[2]);
for (const row of await rowsOf(job)) process.send?.(row);
process.disconnect();

async function rowsOf({ group, source, rounds, runs }: OwnJob): Promise<TokenizerRow[]> {
  switch (group) {
    case 'ways':
      return await measureWays(source, rounds);
    case 'gpt1':
      return await measureGpt1(source, rounds);
    case 'linearity':
      return await measureLinearity(runs, rounds);
    case 'training':
      return await measureTraining(source);
  }
}
