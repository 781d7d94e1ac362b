/** What the caller and the workers of `encodeBatch` say to each other. */

/** To a worker: first the tokenizer's files, then jobs. */
export type Request =
  | { type: 'tokenizer'; files: ReadonlyMap<string, Uint8Array> }
  | { type: 'job'; id: number; texts: readonly string[]; options: object };

/** From a worker, one for each job. */
export interface Reply {
  id: number;
  /** Ids of all texts, one after another; `undefined` when a text was refused. */
  ids: Int32Array | undefined;
  /** How many belong to each text. */
  counts: Int32Array;
}
