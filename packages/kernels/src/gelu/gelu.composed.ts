import { add, erf, exp, mul, sigmoid, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';
import type { GeluForm } from './gelu.js';

/** `x` times what it is gated with. */
export const geluComposed: Kernel<'GptGelu', Tensor> = ({ x }, { form }) => [mul(x, FORMS[form](x).gate)];

/** `dy` times the slope. */
export const geluGradComposed: Kernel<'GptGeluGrad', Tensor> = ({ dy, x }, { form }) => [
  mul(dy, FORMS[form](x).slope()),
];

/** The GELU and, if wanted, its derivative, which shares the gate. */
export function geluWithSlope(x: Tensor, form: GeluForm, wanted: boolean): [y: Tensor, slope?: Tensor] {
  const { gate, slope } = FORMS[form](x);
  return wanted ? [mul(x, gate), slope()] : [mul(x, gate)];
}

interface Gated {
  /** The GELU is `x gate`. */
  gate: Tensor;
  slope(): Tensor;
}

const FORMS: Record<GeluForm, (x: Tensor) => Gated> = { tanh: tanhForm, exact: exactForm };

/** `0.5 (1 + tanh(u))` is `sigmoid(2u)`, and `2u = x (LINEAR + CUBIC x²)`. tfjs's wasm sigmoid is 18 times faster than its tanh. */
const LINEAR = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = LINEAR * 0.044715;

/** With `s = sigmoid(2u)`, the slope is `s (1 + x (1 - s) (LINEAR + 3 CUBIC x²))`. */
function tanhForm(x: Tensor): Gated {
  const twoU = mul(x, add(mul(square(x), CUBIC), LINEAR));
  const gate = sigmoid(twoU);
  return {
    gate,
    slope() {
      const rise = sub(mul(twoU, 3), mul(x, 2 * LINEAR)); // x times the slope of 2u
      return mul(gate, add(mul(sub(1, gate), rise), 1));
    },
  };
}

/** `Φ(x)` from tfjs's erf, Abramowitz & Stegun 7.1.26, whose error is 1.5e-7; the slope is `Φ(x)` plus x times the density. */
function exactForm(x: Tensor): Gated {
  const gate = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
  return {
    gate,
    slope: () => add(gate, mul(mul(x, exp(mul(square(x), -0.5))), 1 / Math.sqrt(2 * Math.PI))),
  };
}
