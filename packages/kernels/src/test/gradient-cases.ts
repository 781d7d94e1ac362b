/** Every differentiable op against central differences, on the current backend. */
import { Random } from '@gpt-ts/core';
import { add } from '../add/add.js';
import { causalAttention } from '../causal-attention/causal-attention.js';
import { crossEntropy } from '../cross-entropy/cross-entropy.js';
import { embedding } from '../embedding/embedding.js';
import { gelu } from '../gelu/gelu.js';
import { layerNorm } from '../layer-norm/layer-norm.js';
import { linear } from '../linear/linear.js';
import { matMul } from '../mat-mul/mat-mul.js';
import { rowsOf, sizeOf } from '../shape.js';
import {
  dispose,
  idTensor,
  type Parameter,
  parameter,
  type Tensor,
  tensor,
  tidy,
  valueAndGrads,
} from '../tensor.js';
import { assertClose } from './close.js';
import type { ConformanceCase } from './kernel-cases.js';

const STEP = 1e-2; // error of the difference: STEP^2 from the curve, 1e-7 / STEP from float32
const TOLERANCE = { rtol: 5e-3, atol: 2e-4 }; // largest difference seen: 2.3e-5

/** One case an op and option that changes its gradient. */
export function gradientCases(): ConformanceCase[] {
  const ids = () => idTensor(Int32Array.of(2, 0, 2, 1), [2, 2]);
  return [
    gradientCase(
      'matMul',
      [
        [3, 4],
        [4, 5],
      ],
      ([a, b]) => matMul(a, b),
    ),
    gradientCase(
      'matMul, a transposed',
      [
        [4, 3],
        [4, 5],
      ],
      ([a, b]) => matMul(a, b, { transposeA: true }),
    ),
    gradientCase(
      'matMul, b transposed',
      [
        [2, 3, 4],
        [5, 4],
      ],
      ([a, b]) => matMul(a, b, { transposeB: true }),
    ),
    gradientCase(
      'matMul, both transposed',
      [
        [4, 3],
        [5, 4],
      ],
      ([a, b]) => matMul(a, b, { transposeA: true, transposeB: true }),
    ),
    gradientCase('linear', [[2, 3, 4], [4, 5], [5]], ([x, w, b]) => linear(x, w, b)),
    gradientCase('layerNorm', [[3, 5], [5], [5]], ([x, g, b]) => layerNorm(x, g, b)),
    gradientCase('gelu', [[3, 5]], ([x]) => gelu(x)),
    gradientCase('causalAttention', [[2, 5, 18]], ([qkv]) => causalAttention(qkv, 2)),
    gradientCase('embedding', [[3, 4]], ([table]) => embedding(table, ids())),
    gradientCase('add, one tensor twice', [[3, 4]], ([x]) => add(x, gelu(x))),
    gradientCase('crossEntropy, one target ignored', [[4, 6]], ([x]) => x),
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
      /** A scalar of the op's output: its cross entropy against fixed targets, one of them ignored. */
      const loss = (xs: Tensor[]) => {
        const y = op(xs);
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
