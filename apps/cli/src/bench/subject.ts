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

const SLICE_MS = 30; // short beside what disturbs a machine, long beside the clock

/** Slices of a subject, warm: each runs it for about 30 ms, or once, and gives milliseconds a run. */
export async function slicesOf({ run }: Subject): Promise<Slice> {
  const time = async (runs: number) => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) await run();
    return (performance.now() - start) / runs;
  };
  const cold = await time(1);
  const warm = cold > 10 * SLICE_MS ? cold : await time(1);
  const runs = Math.max(1, Math.round(SLICE_MS / warm));
  return () => time(runs);
}
