import type { Slice } from './alternate.js';

/** Something whose time is taken. Its inputs live until it is disposed. */
export interface Subject extends Disposable {
  run(): void | Promise<void>;
}

/** Work that can be measured here, or in a peer by its name. */
export interface SubjectSpec {
  name: string;
  shape: string;
  /** Makes the inputs on the current backend. */
  prepare(): Subject;
}

const SLICE_MS = 100; // short beside what disturbs a machine, long beside the clock
const LONG_MS = 1000; // beside this the cold start of a slice is nothing

/**
 * Slices of a subject: each runs it for about 100 ms, or once, and gives milliseconds a run. A process that has waited for
 * the other side's slice starts cold, so each begins with a run that does not count.
 */
export async function slicesOf({ run }: Subject): Promise<Slice> {
  const time = async (runs: number) => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) await run();
    return (performance.now() - start) / runs;
  };
  const cold = await time(1);
  const warm = cold > LONG_MS ? cold : await time(1);
  const runs = Math.max(1, Math.round(SLICE_MS / warm));
  return async () => {
    if (warm < LONG_MS) await run();
    return time(runs);
  };
}
