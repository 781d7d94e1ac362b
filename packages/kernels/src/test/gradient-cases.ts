/** Every differentiable op against central differences, on the current backend. */
import { Random } from '@gpt-ts/core';
import { add } from '../add/add.js';
import type { AttentionPattern } from '../causal-attention/attention-pattern.js';
import { causalAttention } from '../causal-attention/causal-attention.js';
import { crossEntropy } from '../cross-entropy/cross-entropy.js';
import { dropout } from '../dropout/dropout.js';
import { embedding } from '../embedding/embedding.js';
import { gelu } from '../gelu/gelu.js';
import { languageModelLoss } from '../language-model-loss/language-model-loss.js';
import { layerNorm } from '../layer-norm/layer-norm.js';
import { linear } from '../linear/linear.js';
import { matMul } from '../mat-mul/mat-mul.js';
import { reshape } from '../reshape/reshape.js';
import { rowsOf, sizeOf } from '../shape.js';
import { dispose, idTensor, type Parameter, parameter, type Tensor, tensor, tidy } from '../tensor.js';
import { valueAndGrads } from '../value-and-grads.js';
import { assertClose } from './close.js';
import type { ConformanceCase } from './kernel-case.js';

const STEP = 1e-2; // error of the difference: STEP^2 from the curve, 1e-7 / STEP from float32
const TOLERANCE = { rtol: 5e-3, atol: 2e-4 }; // largest difference seen: 6.4e-5

const PATTERNS: readonly AttentionPattern[] = [
  { kind: 'dense' },
  { kind: 'banded', window: 3 },
  { kind: 'column', stride: 3 },
  { kind: 'strided', stride: 3 },
  { kind: 'block', stride: 3 },
  { kind: 'fixed', stride: 3, summary: 1 },
  { kind: 'fixed', stride: 3, summary: 1, groups: 2 },
];

/** One case an op and option that changes its gradient. */
export function gradientCases(): ConformanceCase[] {
  const ids = () => idTensor(Int32Array.of(2, 0, 2, 1), [2, 2]);
  const targets = () => idTensor(Int32Array.of(0, -1, 2, 1), [2, 2]);
  /** A NaN for the target that is ignored: it must not be seen. */
  const weights = () => tensor(Float32Array.of(0.5, Number.NaN, -0.25, 2), [2, 2]);
  const source = { seed: 5, name: 'gradient', step: 0 };
  const withGelu = { activation: 'gelu' } as const;
  return [
    ...Object.entries({
      matMul: { a: [3, 4], b: [4, 5], options: {} },
      'matMul, a transposed': { a: [4, 3], b: [4, 5], options: { transposeA: true } },
      'matMul, b transposed': { a: [2, 3, 4], b: [5, 4], options: { transposeB: true } },
      'matMul, both transposed': { a: [4, 3], b: [5, 4], options: { transposeA: true, transposeB: true } },
    }).map(([name, { a, b, options }]) => gradientCase(name, [a, b], ([x, y]) => matMul(x, y, options))),
    gradientCase('linear', [[2, 3, 4], [4, 5], [5]], ([x, w, b]) => linear(x, w, b)),
    gradientCase('linear with GELU', [[2, 3, 4], [4, 5], [5]], ([x, w, b]) => linear(x, w, b, withGelu)),
    gradientCase('linear with exact GELU', [[2, 3, 4], [4, 5], [5]], ([x, w, b]) =>
      linear(x, w, b, { activation: 'gelu-exact' }),
    ),
    gradientCase('linear with residual', [[2, 3, 4], [4, 5], [5], [2, 3, 5]], ([x, w, b, residual]) =>
      linear(x, w, b, { residual }),
    ),
    gradientCase('linear with GELU and residual', [[3, 4], [4, 4], [4]], ([x, w, b]) =>
      linear(x, w, b, { ...withGelu, residual: x }),
    ),
    gradientCase('layerNorm', [[3, 5], [5], [5]], ([x, g, b]) => layerNorm(x, g, b)),
    gradientCase('layerNorm with residual', [[3, 5], [5], [5], [3, 5]], ([x, g, b, residual]) =>
      layerNorm(x, g, b, { residual }),
    ),
    gradientCase('gelu', [[3, 5]], ([x]) => gelu(x)),
    gradientCase('gelu, exact', [[3, 5]], ([x]) => gelu(x, 'exact')),
    ...PATTERNS.flatMap((pattern) => [
      gradientCase(`causalAttention ${JSON.stringify(pattern)}`, [[2, 7, 12]], ([qkv]) =>
        causalAttention(qkv, 2, { pattern }),
      ),
      gradientCase(`causalAttention ${JSON.stringify(pattern)} with dropout`, [[2, 7, 12]], ([qkv]) =>
        causalAttention(qkv, 2, { pattern, dropout: { rate: 0.3, source } }),
      ),
    ]),
    gradientCase('causalAttention with scale 1', [[2, 7, 12]], ([qkv]) =>
      causalAttention(qkv, 2, { scale: 1 }),
    ),
    gradientCase('reshape', [[3, 4]], ([x]) => gelu(reshape(x, [2, 6]))),
    gradientCase('embedding', [[3, 4]], ([table]) => embedding(table, ids())),
    gradientCase('dropout', [[4, 7]], ([x]) => dropout(x, 0.3, source)),
    gradientCase('add, one tensor twice', [[3, 4]], ([x]) => add(x, gelu(x))),
    gradientCase('crossEntropy, one target ignored', [[4, 6]], ([x]) => x),
    gradientCase('crossEntropy, weighted', [[2, 2, 6]], ([x]) => crossEntropy(x, targets(), weights()).loss),
    gradientCase(
      'languageModelLoss',
      [
        [2, 2, 5],
        [6, 5],
      ],
      ([x, head]) => languageModelLoss(x, head, targets()).loss,
    ),
    gradientCase(
      'languageModelLoss, weighted',
      [
        [2, 2, 5],
        [6, 5],
      ],
      ([x, head]) => languageModelLoss(x, head, targets(), weights()).loss,
    ),
    gradientCase(
      'one table as embedding and head',
      [[3, 4]],
      ([table]) => languageModelLoss(gelu(embedding(table, ids())), table, targets()).loss,
    ),
    // Both factors' gradients are one tensor until the embedding adds its share to the table's.
    gradientCase(
      'a table and what is added to it',
      [
        [3, 4],
        [3, 4],
      ],
      ([table, other]) => matMul(embedding(table, ids()), add(table, other), { transposeB: true }),
    ),
  ];
}

function gradientCase(name: string, shapes: number[][], op: (xs: Tensor[]) => Tensor): ConformanceCase {
  return {
    name: `gradient of ${name}`,
    async check() {
      const random = new Random(3, name);
      const values = shapes.map((shape) =>
        Float32Array.from({ length: sizeOf(shape) }, () => random.normal()),
      );
      /** A scalar of the op's output: itself, or its cross entropy against fixed targets, one of them ignored. */
      const loss = (xs: Tensor[]) => {
        const y = op(xs);
        if (y.rank === 0) return y;
        const targets = Int32Array.from({ length: rowsOf(y.shape) }, (_, i) => (i === 1 ? -1 : i % 2));
        return crossEntropy(y, idTensor(targets, y.shape.slice(0, -1))).loss;
      };
      const parameters = shapes.map((shape, i) => parameter(values[i], shape));
      const { value, grads } = valueAndGrads(() => loss(parameters), parameters as Parameter[]);
      let largest = 0;
      for (const [p, shape] of shapes.entries()) {
        const numeric = values[p].map((_, i) => {
          const [up, down] = [STEP, -STEP].map((step) =>
            tidy(() => {
              const moved = values.map((each) => Float32Array.from(each));
              moved[p][i] += step;
              return loss(moved.map((each, k) => tensor(each, shapes[k])));
            }),
          );
          const difference = (up.dataSync()[0] - down.dataSync()[0]) / (2 * STEP);
          dispose([up, down]);
          return difference;
        });
        const got = await grads[p].data();
        largest = Math.max(largest, assertClose(`${name}, input ${p} [${shape}]`, got, numeric, TOLERANCE));
      }
      dispose([value, ...grads, ...parameters]);
      return largest;
    },
  };
}
