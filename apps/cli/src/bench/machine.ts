import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where a benchmark ran. */
export interface Machine {
  cpu: string;
  /** Cores this process may use. */
  cores: number;
  memoryGiB: number;
  platform: string;
  node: string;
  v8: string;
  /** Builds of the kernels that were measured. */
  simd: string[];
  /** Mean number of busy processes in the minute before; much above 0 disturbs. */
  load: number;
}

/** This machine, now. */
export function machine(): Omit<Machine, 'simd'> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    v8: process.versions.v8,
    load: Math.round(100 * loadavg()[0]) / 100,
  };
}
