/** Many texts at once, on every core, in Node and in browsers. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { WorkerPool } from './batch/worker-pool.js';
import type { ByteBpeEncodeOptions } from './byte-bpe-tokenizer.js';
import type { Tokenizer } from './tokenizer.js';

/** Options of {@link encodeBatch}; those of `ByteBpeTokenizer.encode` are passed on to it. */
export interface EncodeBatchOptions extends ByteBpeEncodeOptions {
  /** Workers at most. Default: one for each core. With 1, the calling thread does the work. */
  threads?: number;
}

const WORTH_WORKERS = 2 ** 19; // UTF-16 units: a worker takes longer to start than the calling thread to encode these
const MAX_THREADS = 64;

const pools = new WeakMap<Tokenizer, Promise<WorkerPool>>();

/**
 * The ids of many texts, each as `tokenizer.encode` gives them.
 *
 * Workers start with the first large batch, wait a few seconds for the next one, and do not keep a program alive. One long
 * text is the work of one worker: cut it up first, where documents end.
 *
 * @returns Ids of each text. Typed arrays, since those come from workers without being copied one by one.
 * @throws What `encode` throws, for the first text it refuses.
 * @throws {@link WorkerError} when a worker cannot start, or ends.
 * @example
 * const [first] = await encodeBatch(tokenizer, documents, { threads: 4 });
 */
export async function encodeBatch(
  tokenizer: Tokenizer,
  texts: readonly string[],
  options: EncodeBatchOptions = {},
): Promise<Int32Array[]> {
  const { threads, ...encodeOptions } = options;
  if (threads !== undefined && !(Number.isInteger(threads) && threads >= 1 && threads <= MAX_THREADS)) {
    const expected = `an integer from 1 to ${MAX_THREADS}`;
    throw new InvalidArgumentError({ argument: 'threads', expected, received: threads });
  }
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  if (threads === 1 || texts.length === 1 || units < WORTH_WORKERS) {
    return texts.map((text) => new Int32Array(tokenizer.encode(text, encodeOptions)));
  }
  const pool = await poolOf(tokenizer);
  return pool.encode(texts, encodeOptions, Math.min(threads ?? pool.cores, MAX_THREADS));
}

function poolOf(tokenizer: Tokenizer): Promise<WorkerPool> {
  let pool = pools.get(tokenizer);
  if (pool === undefined) {
    pool = import('./batch/worker-pool.js').then(({ WorkerPool }) => WorkerPool.for(tokenizer));
    pools.set(tokenizer, pool);
    pool.catch(() => pools.delete(tokenizer)); // the next batch tries again
  }
  return pool;
}
