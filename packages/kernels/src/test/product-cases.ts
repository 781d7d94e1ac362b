/** Matrix products: plain, and with what a layer adds to them. */
import { type ConformanceCase, kernelCase } from './kernel-case.js';

/** `[M, N, K]`: single elements, exact and odd multiples of usual tiles, more than one block of rows, of columns, of a long sum. */
const SIZES = [
  [1, 1, 1],
  [4, 8, 16],
  [5, 9, 3],
  [1, 33, 40],
  [33, 17, 66],
  [3, 530, 7],
  [37, 24, 300],
  [12, 16, 256],
  [13, 19, 513],
  [200, 1070, 3],
] as const;

/** Cases of GptMatMul, GptLinear and GptColumnSum. */
export function productCases(): ConformanceCase[] {
  return SIZES.flatMap(([m, n, k]) => {
    const layer = { x: [m, k], weight: [k, n], bias: [n] };
    const withResidual = { ...layer, residual: [m, n] };
    return [
      ...transposes.map(([transposeA, transposeB]) => {
        const inputs = { a: transposeA ? [k, m] : [m, k], b: transposeB ? [n, k] : [k, n] };
        return kernelCase('GptMatMul', inputs, { transposeA, transposeB });
      }),
      kernelCase('GptLinear', layer, { activation: 'none', keepSlope: false }),
      ...(['gelu', 'gelu-exact'] as const).flatMap((activation) =>
        [false, true].map((keepSlope) => kernelCase('GptLinear', layer, { activation, keepSlope })),
      ),
      kernelCase('GptLinear', withResidual, { activation: 'none', keepSlope: false }),
      kernelCase('GptLinear', withResidual, { activation: 'gelu', keepSlope: true }),
      kernelCase('GptLinear', withResidual, { activation: 'gelu-exact', keepSlope: true }),
      kernelCase('GptColumnSum', { x: [m, n] }, {}),
    ];
  }).concat(
    kernelCase('GptMatMul', { a: [2, 3, 5], b: [5, 4] }, { transposeA: false, transposeB: false }),
    kernelCase(
      'GptLinear',
      { x: [2, 3, 5], weight: [5, 7], bias: [7], residual: [2, 3, 7] },
      { activation: 'gelu', keepSlope: true },
    ),
    kernelCase('GptColumnSum', { x: [3, 2, 5] }, {}),
  );
}

const transposes = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;
