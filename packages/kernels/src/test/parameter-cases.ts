/** Parameters that are made empty and written piece by piece. */
import { type ConformanceCase, kernelCase } from './kernel-case.js';

/** Cases of GptMake and GptWrite. */
export function parameterCases(): ConformanceCase[] {
  const writes: [shape: number[], offset: number, values: number[]][] = [
    [[], 0, [0.5]],
    [[7], 0, [1, 2]],
    [[7], 6, [-3]],
    [[7], 7, []],
    [[2, 3], 0, [1, 2, 3, 4, 5, 6]],
    [[2, 3, 4], 5, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ];
  return [
    ...[[], [1], [7], [3, 5, 7], [131, 517]].map((shape) => kernelCase('GptMake', {}, { shape })),
    ...writes.map(([shape, offset, values]) =>
      kernelCase('GptWrite', { x: shape }, { offset, values: Float32Array.from(values) }),
    ),
  ];
}
