import { add, mul, sigmoid, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** `0.5 (1 + tanh(u))` is `sigmoid(2u)`, and `2u = x (LINEAR + CUBIC x²)`. tfjs's wasm sigmoid is 18 times faster than its tanh. */
const LINEAR = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = LINEAR * 0.044715;

/** `x sigmoid(2u)`. */
export const geluComposed: Kernel<'GptGelu', Tensor> = ({ x }) => [mul(x, gate(x).s)];

/** With `s = sigmoid(2u)`: `dx = dy s (1 + x (1 - s) (LINEAR + 3 CUBIC x²))`. */
export const geluGradComposed: Kernel<'GptGeluGrad', Tensor> = ({ dy, x }) => [mul(dy, slope(x, gate(x)))];

/** The GELU and, if wanted, its derivative, which shares the gate. */
export function geluWithSlope(x: Tensor, wanted: boolean): [y: Tensor, slope?: Tensor] {
  const both = gate(x);
  return wanted ? [mul(x, both.s), slope(x, both)] : [mul(x, both.s)];
}

function slope(x: Tensor, { s, twoU }: Gate): Tensor {
  const rise = sub(mul(twoU, 3), mul(x, 2 * LINEAR)); // x times the slope of 2u
  return mul(s, add(mul(sub(1, s), rise), 1));
}

type Gate = { s: Tensor; twoU: Tensor };

function gate(x: Tensor): Gate {
  const twoU = mul(x, add(mul(square(x), CUBIC), LINEAR));
  return { s: sigmoid(twoU), twoU };
}
