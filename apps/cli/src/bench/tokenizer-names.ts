/** Names of the rows, apart from what measures them: naming a row loads no tokenizer. */

export const OURS = '@gpt-ts/tokenizer';

/** Beside the packages of npm. */
export const LOAD = 'load';
export const COLD = 'encode, cold';
export const WARM = 'encode, warm';
export const DECODE = 'decode, warm';

/** Other ways to encode the same text, against `encode` of all of it at once. */
export const WAYS = ['count', 'encodeBatch, all cores', 'encode, line by line'] as const;

export const GPT1 = 'GPT-1, official';

/** Texts of one kind of character, the worst that a tokenizer gets. */
export const RUNS = ['a', '_', '中', 'space'] as const;

/** One of {@link RUNS}. */
export type Run = (typeof RUNS)[number];

/** Name of the row of one of these. */
export const linearName = (run: Run): string => `ten times the text, ${run}`;

export const TRAINING_SECONDS = '10,000 merges on 100 MB';
export const TRAINING_MEMORY = '10,000 merges on 100 MB, peak memory';
export const TRAINING_PIECES = '10,000 merges on 100 MB, distinct pieces';
