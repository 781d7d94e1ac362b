import type { BenchHooks } from '@gpt-ts/backend-wasm/bench';
import { alternate } from './alternate.js';
import type { Measurement } from './bench-row.js';
import { CEILING, ceilingSlices } from './ceiling.js';
import { PEER, type Peer } from './peer.js';
import { median, medianRatio } from './statistics.js';
import { type Subject, type SubjectSpec, slicesOf } from './subject.js';

/** What a case is measured with. */
export interface Bench {
  /** Slices of each side. */
  rounds: number;
  hooks: BenchHooks;
  peer: Peer;
}

/** One row to be measured. */
export interface BenchCase {
  name: string;
  shape: string;
  measure(bench: Bench): Promise<Measurement>;
}

/** How a case or a subject is called: unique among all. */
export function labelOf({ name, shape }: { name: string; shape: string }): string {
  return `${name}  ${shape}`;
}

/** Milliseconds here against the peer's: how many times faster. */
export function againstPeer(spec: SubjectSpec): BenchCase {
  const { name, shape } = spec;
  return {
    name,
    shape,
    async measure({ rounds, peer }) {
      using subject = spec.prepare();
      const [ours, theirs] = await alternate(
        [await slicesOf(subject), await peer.prepare(labelOf(spec))],
        rounds,
      );
      return { value: median(ours), unit: 'ms', against: PEER, ratio: medianRatio(theirs, ours) };
    },
  };
}

/** GFLOP/s of a subject against the multiply-add loop: its share of what the machine can do. */
export async function shareOfCeiling(subject: Subject, flops: number, bench: Bench): Promise<Measurement> {
  const slice = await slicesOf(subject);
  const rate = async () => flops / (await slice()) / 1e6;
  const [rates, ceiling] = await alternate([rate, ceilingSlices(bench.hooks)], bench.rounds);
  return { value: median(rates), unit: 'GFLOP/s', against: CEILING, ratio: medianRatio(rates, ceiling) };
}
