/** The two optimizers of the papers: one kernel, two ways to set its constants. */
import { run } from '../run.js';
import { assertShape } from '../shape.js';
import { dispose, type Parameter, type Tensor } from '../tensor.js';

/**
 * Constants of one update: `g = gradScale grad`; `m = beta1 m + (1 - beta1) g`; `v = beta2 v + (1 - beta2) g²`;
 * `p = decay p - stepSize m / (sqrt(vScale v) + eps)`.
 */
export interface AdamAttrs {
  gradScale: number;
  beta1: number;
  beta2: number;
  eps: number;
  decay: number;
  stepSize: number;
  vScale: number;
}

/** Settings of one update. */
export interface AdamSettings {
  learningRate: number;
  /** Decay of the running mean of gradients. */
  beta1: number;
  /** Decay of the running mean of squared gradients. */
  beta2: number;
  /** Added to the root. */
  eps: number;
  /** Share of the parameter that is subtracted, times the learning rate. */
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
export function adamW(
  param: Parameter,
  grad: Tensor,
  m: Parameter,
  v: Parameter,
  settings: AdamSettings,
): void {
  const { learningRate, beta1, beta2, eps, weightDecay, step, gradScale } = settings;
  update('adamW', param, grad, m, v, {
    gradScale,
    beta1,
    beta2,
    eps,
    decay: 1 - learningRate * weightDecay,
    stepSize: learningRate / (1 - beta1 ** step),
    vScale: 1 / (1 - beta2 ** step),
  });
}

/**
 * One update of Adam as GPT-1 was trained with it, in place.
 *
 * It differs from {@link adamW} in two places: `eps` is added to the root of `v` before its bias is corrected, and the
 * decay is scaled by the bias-corrected rate `lrt = lr sqrt(1 - b2^step) / (1 - b1^step)`:
 * `p -= lrt (m / (sqrt(v) + eps) + wd p)`.
 *
 * @param param - Updated.
 * @param grad - Same shape as `param`.
 * @param m - Running mean of gradients, updated.
 * @param v - Running mean of squared gradients, updated.
 * @throws ShapeError when the shapes differ.
 * @see `adam` in openai/finetune-transformer-lm `opt.py`; GPT-1 section 4.1.
 */
export function adamGpt1(
  param: Parameter,
  grad: Tensor,
  m: Parameter,
  v: Parameter,
  settings: AdamSettings,
): void {
  const { learningRate, beta1, beta2, eps, weightDecay, step, gradScale } = settings;
  const stepSize = (learningRate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
  const decay = 1 - stepSize * weightDecay;
  update('adamGpt1', param, grad, m, v, { gradScale, beta1, beta2, eps, decay, stepSize, vScale: 1 });
}

function update(
  op: string,
  param: Parameter,
  grad: Tensor,
  m: Parameter,
  v: Parameter,
  attrs: AdamAttrs,
): void {
  for (const [name, other] of Object.entries({ grad, m, v })) {
    assertShape(op, name, other.shape, param.shape);
  }
  const updated = run('GptAdam', { param, grad, m, v }, attrs);
  [param, m, v].forEach((variable, i) => {
    variable.assign(updated[i] as typeof variable);
  });
  dispose(updated);
}
