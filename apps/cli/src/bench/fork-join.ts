/** What it costs to wake the threads and to wait for them. */
import type { BenchCase } from './bench-case.js';
import { median } from './statistics.js';

const WARM_UP = 1000;
const CALLS = 1000; // a round
const BAR_US = 5;

/** A job in which no thread has anything to do. */
export const forkJoinCases: BenchCase[] = [
  {
    name: 'fork–join, empty job',
    shape: 'warm',
    async measure({ rounds, hooks }) {
      for (let i = 0; i < WARM_UP; i++) hooks.nothing();
      const times = Array.from({ length: rounds * CALLS }, () => {
        const start = performance.now();
        hooks.nothing();
        return performance.now() - start;
      });
      const value = 1000 * median(times);
      return { value, unit: 'µs', against: `bar ${BAR_US} µs`, ratio: BAR_US / value };
    },
  },
];
