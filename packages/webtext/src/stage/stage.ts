/**
 * What a stage of a pipeline is: a function from files of records to records, each kept or dropped with a reason.
 *
 * The engine cuts a stage into jobs, writes what a job keeps into parts, and goes on after the last whole job when it was
 * stopped. So a job has to be a function of its inputs: no clock, no chance, no order that depends on speed.
 */

/** A stage, to be run by `runStage`. */
export interface Stage {
  /** Name of its folder in the run: lower-case letters, digits, hyphens. */
  readonly name: string;
  /** Raised when the same input and options give another output, so that old output is not taken for new. */
  readonly version: number;
  /** Everything that changes the output, as JSON. Part of the stage's identity. */
  readonly options: Readonly<Record<string, unknown>>;
  /** `each`: a job for every input file. `all`: one job with all of them, for joins and sorting. */
  readonly over: 'each' | 'all';
  /** Records in a part at most. Default 10,000. */
  readonly partRecords?: number;
  /** What happens to the records of a job, one outcome for each. */
  run(job: Job): AsyncIterable<Outcome>;
  /** Frees what the stage holds (workers, sockets). Called once, when its run is over or has failed. */
  close?(): Promise<void>;
}

/** What became of one record. */
export type Outcome =
  | { readonly keep: object }
  /** `drop` tells which record it was: its id, its URL. */
  | { readonly drop: object; readonly reason: string };

/** What a stage gets for one job. */
export interface Job {
  /** Paths of the input files, in order. */
  readonly inputs: readonly string[];
  /**
   * An empty folder for files that the job needs meanwhile. When the job is stopped they stay, and its next run finds them;
   * they go when the job is done.
   */
  readonly scratch: string;
  readonly signal: AbortSignal;
  /** The records of all inputs, in order. JSONL (also `.gz` and `.zst`) and Parquet. */
  records(): AsyncGenerator<Record<string, unknown>>;
  /** Says how much of the job is done, from 0 to 1. `records` says it by itself. */
  progress(share: number): void;
}

/** Records that went in and what became of them: `in` is `out` and all of `dropped`. */
export interface Counts {
  in: number;
  out: number;
  /** By reason, in alphabetical order. */
  dropped: Record<string, number>;
}

/** What `runStage` tells along the way. */
export type StageEvent =
  | { type: 'stage-start'; stage: string; jobs: number /** Done in an earlier run. */; jobsDone: number }
  /** `done` and `all` are bytes of input. */
  | { type: 'stage-progress'; stage: string; done: number; all: number; counts: Counts }
  | { type: 'stage-end'; stage: string; counts: Counts /** Nothing had to be done. */; skipped: boolean };

/** Adds up. */
export function addCounts(all: readonly Counts[]): Counts {
  const dropped = new Map<string, number>();
  for (const each of all) {
    for (const [reason, n] of Object.entries(each.dropped))
      dropped.set(reason, (dropped.get(reason) ?? 0) + n);
  }
  return {
    in: all.reduce((sum, each) => sum + each.in, 0),
    out: all.reduce((sum, each) => sum + each.out, 0),
    dropped: Object.fromEntries([...dropped].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
