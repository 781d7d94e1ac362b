/** The benchmarks: which cases there are, and on how many threads and with which build each is measured. */
import type { SimdVariant } from '@gpt-ts/backend-wasm';
import { InvalidArgumentError } from '@gpt-ts/core';
import { attentionCases } from './attention.js';
import { againstPeer, type BenchCase, labelOf } from './bench-case.js';
import { evaluationCases } from './evaluation.js';
import { forkJoinCases } from './fork-join.js';
import { generationCases } from './generation.js';
import { matMulCases } from './mat-mul.js';
import { opSubjects } from './ops.js';
import type { SubjectSpec } from './subject.js';
import { gpt2Cases, peakMemoryCases, shakespeareCases, shakespeareSubject } from './training-step.js';

/** Cases that share a process. */
type Group =
  | 'matMul'
  | 'attention'
  | 'forkJoin'
  | 'ops'
  | 'shakespeare'
  | 'gpt2'
  | 'peakMemory'
  | 'generation'
  | 'evaluation';

const groups: Record<Group, BenchCase[]> = {
  matMul: matMulCases,
  attention: attentionCases,
  forkJoin: forkJoinCases,
  ops: opSubjects.map(againstPeer),
  shakespeare: shakespeareCases,
  gpt2: gpt2Cases,
  peakMemory: peakMemoryCases,
  generation: generationCases,
  evaluation: evaluationCases,
};

/** A backend is fixed for the life of a process: each job is one process. */
export interface Job {
  group: Group;
  variant: SimdVariant;
  threads: number;
  rounds: number;
  /** Cases, by label. */
  labels: string[];
}

/** What to measure. */
export interface Selection {
  /** Ascending. */
  threads: readonly number[];
  /** Fastest first. */
  variants: readonly SimdVariant[];
  rounds: number;
  /** A part of the name or shape of the rows wanted. */
  only?: string;
}

/** Name of a benchmark. */
export type SuiteName = 'kernels' | 'train' | 'generate' | 'evaluate';

/**
 * The jobs of a benchmark. Products run in every configuration, the rest with the fastest build: what compares with
 * tfjs on the fewest threads, as tfjs has one.
 */
export function jobsOf(suite: SuiteName, { threads, variants, rounds, only = '' }: Selection): Job[] {
  const [variant] = variants;
  const job = (group: Group, threads: number, build = variant): Job => {
    const labels = groups[group].map(labelOf).filter((label) => matches(label, only));
    return { group, variant: build, threads, rounds, labels };
  };
  const suites: Record<SuiteName, () => Job[]> = {
    kernels: () => [
      ...variants.flatMap((each) => threads.map((n) => job('matMul', n, each))),
      job('attention', threads[0]),
      ...threads.filter((n) => n > 1).map((n) => job('forkJoin', n)),
      job('ops', threads[0]),
    ],
    train: () => [
      job('shakespeare', threads[0]),
      ...threads.map((n) => job('gpt2', n)),
      job('peakMemory', threads.at(-1)!),
    ],
    generate: () => threads.map((n) => job('generation', n)),
    evaluate: () => [job('evaluation', threads.at(-1)!)],
  };
  const chosen = suites[suite]().filter(({ labels }) => labels.length > 0);
  if (chosen.length === 0) {
    const expected = 'a part of the name or shape of a row';
    throw new InvalidArgumentError({ argument: '--only', expected, received: only });
  }
  return chosen;
}

/** The cases of a job. */
export function casesOf({ group, labels }: Job): BenchCase[] {
  return groups[group].filter((each) => labels.includes(labelOf(each)));
}

/** The subject of that label, for the peer. */
export function subjectCalled(label: string): SubjectSpec {
  return [...opSubjects, shakespeareSubject].find((each) => labelOf(each) === label)!;
}

function matches(label: string, part: string): boolean {
  return label.toLowerCase().includes(part.toLowerCase());
}
