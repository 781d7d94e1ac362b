/** What the caller and the workers of `encodeBatch` say to each other. */

/** To a worker: first the tokenizer's files, then jobs. */
export type Request =
  | { type: 'tokenizer'; files: ReadonlyMap<string, Uint8Array> }
  | { type: 'job'; id: number; texts: readonly string[]; options: object };

/** From a worker, one for each job. An error would lose its class on the way, so only what it says is sent. */
export type Reply =
  | { type: 'ids'; id: number; ids: Int32Array; counts: Int32Array } // of all texts, one after another; how many of each
  | { type: 'refused'; id: number } // a text
  | { type: 'failed'; id: number; reason: string }; // the tokenizer could not be loaded
