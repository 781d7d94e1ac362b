import { run } from '../run.js';
import { assertShape } from '../shape.js';
import { dispose, type Parameter, type Tensor } from '../tensor.js';

/** One step's settings. */
export interface AdamWAttrs {
  learningRate: number;
  /** Decay of the running mean of gradients. */
  beta1: number;
  /** Decay of the running mean of squared gradients. */
  beta2: number;
  /** Added to the root. */
  eps: number;
  /** Decoupled decay, multiplied by the learning rate. */
  weightDecay: number;
  /** 1 for the first update: corrects the bias of the two means. */
  step: number;
  /** The gradient is multiplied by this first: the clipping coefficient. */
  gradScale: number;
}

/**
 * One AdamW update, in place.
 *
 * With `g = gradScale * grad`, in this order: `p *= 1 - lr wd`; `m = b1 m + (1 - b1) g`;
 * `v = b2 v + (1 - b2) g²`; `p -= lr (m / (1 - b1^step)) / (sqrt(v / (1 - b2^step)) + eps)`.
 *
 * @param param - Updated.
 * @param grad - Same shape as `param`.
 * @param m - Running mean of gradients, updated.
 * @param v - Running mean of squared gradients, updated.
 * @throws ShapeError when the shapes differ.
 * @see Loshchilov & Hutter 2019, algorithm 2.
 */
export function adamW(param: Parameter, grad: Tensor, m: Parameter, v: Parameter, attrs: AdamWAttrs): void {
  for (const [name, other] of Object.entries({ grad, m, v })) {
    assertShape('adamW', name, other.shape, param.shape);
  }
  const updated = run('GptAdamW', { param, grad, m, v }, attrs);
  [param, m, v].forEach((variable, i) => {
    variable.assign(updated[i] as typeof variable);
  });
  dispose(updated);
}

/** The constants of one update, as kernels use them. */
export function adamWFactors({ learningRate, beta1, beta2, weightDecay, step }: AdamWAttrs): {
  decay: number;
  stepSize: number;
  vScale: number;
} {
  return {
    decay: 1 - learningRate * weightDecay,
    stepSize: learningRate / (1 - beta1 ** step),
    vScale: 1 / (1 - beta2 ** step),
  };
}
