import { InvalidArgumentError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { SIMD_VARIANTS } from '../backend.js';
import { labelOf } from './bench-case.js';
import { opSubjects } from './ops.js';
import { casesOf, jobsOf, subjectCalled } from './suites.js';
import { shakespeareSubject } from './training-step.js';

const all = { threads: [1, 2], variants: SIMD_VARIANTS, rounds: 5 };
const brief = (jobs: ReturnType<typeof jobsOf>) =>
  jobs.map(({ group, variant, threads, labels }) => `${group} ${variant} ${threads}: ${labels.length}`);

describe('the jobs of a benchmark', () => {
  test('products run in every configuration, the rest where it means something', () => {
    expect(brief(jobsOf('kernels', all))).toEqual([
      'matMul relaxed 1: 24',
      'matMul relaxed 2: 24',
      'matMul plain 1: 24',
      'matMul plain 2: 24',
      'attention relaxed 1: 1',
      'forkJoin relaxed 2: 1',
      `ops relaxed 1: ${opSubjects.length}`,
    ]);
    expect(brief(jobsOf('train', all))).toEqual([
      'shakespeare relaxed 1: 2',
      'gpt2 relaxed 1: 1',
      'gpt2 relaxed 2: 1',
      'peakMemory relaxed 2: 2',
    ]);
    expect(brief(jobsOf('generate', all))).toEqual(['generation relaxed 1: 2', 'generation relaxed 2: 2']);
    expect(brief(jobsOf('evaluate', all))).toEqual(['evaluation relaxed 2: 4']);
  });

  test('one thread has nothing to fork', () => {
    const groups = jobsOf('kernels', { ...all, threads: [1], variants: ['plain'] }).map(({ group }) => group);
    expect(groups).toEqual(['matMul', 'attention', 'ops']);
  });

  test('--only chooses by name or shape, in any case', () => {
    const only = (text: string) => brief(jobsOf('kernels', { ...all, variants: ['plain'], only: text }));
    expect(only('a·bᵀ  256x768 · 768x768')).toEqual(['matMul plain 1: 1', 'matMul plain 2: 1']);
    expect(only('FORK')).toEqual(['forkJoin plain 2: 1']);
    expect(() => only('nothing')).toThrow(InvalidArgumentError);
    expect(() => only('nothing')).toThrow('--only must be a part of the name or shape of a row');
  });

  test('their cases have names of their own, and the peer knows those it is asked for', () => {
    const labels = (['kernels', 'train', 'generate', 'evaluate'] as const)
      .flatMap((suite) => jobsOf(suite, { ...all, threads: [1] }))
      .filter(({ variant }) => variant === 'relaxed')
      .flatMap((job) => casesOf(job).map(labelOf));
    expect(new Set(labels).size).toBe(labels.length);
    for (const each of [...opSubjects, shakespeareSubject]) expect(subjectCalled(labelOf(each))).toBe(each);
  });
});
