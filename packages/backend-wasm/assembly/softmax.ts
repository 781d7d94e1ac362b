import { scaled } from './elementwise';
import { exp1, exp4, log, maxLanes, sumLanes, whole4 } from './simd';

/** Largest of scale x over n floats, for a positive scale. */
function largest(x: usize, n: usize, scale: f32): f32 {
  let i: usize = 0;
  let top = load<f32>(x);
  if (n >= 4) {
    let tops = v128.load(x);
    for (const end = whole4(n); i < end; i += 4) tops = f32x4.max(tops, v128.load(x + (i << 2)));
    top = maxLanes(tops);
  }
  for (; i < n; i++) top = max(top, load<f32>(x + (i << 2)));
  return top * scale;
}

/** log(sum(exp(scale x))) over n floats. */
function logSumExp(x: usize, n: usize, scale: f32): f32 {
  const top = largest(x, n, scale);
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (const end = whole4(n); i < end; i += 4) {
    sums = f32x4.add(sums, exp4(f32x4.sub(f32x4.mul(v128.load(x + (i << 2)), f32x4.splat(scale)), f32x4.splat(top))));
  }
  let sum = sumLanes(sums);
  for (; i < n; i++) sum += exp1(load<f32>(x + (i << 2)) * scale - top);
  return top + log(sum);
}

/** x <- softmax(scale x) over n floats; returns the log of the sum of exponentials. */
export function softmax(x: usize, n: usize, scale: f32): f32 {
  const top = largest(x, n, scale);
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (const end = whole4(n); i < end; i += 4) {
    const at = x + (i << 2);
    const e = exp4(f32x4.sub(f32x4.mul(v128.load(at), f32x4.splat(scale)), f32x4.splat(top)));
    v128.store(at, e);
    sums = f32x4.add(sums, e);
  }
  let sum = sumLanes(sums);
  for (; i < n; i++) {
    const e = exp1(load<f32>(x + (i << 2)) * scale - top);
    store<f32>(x + (i << 2), e);
    sum += e;
  }
  scaled(0, n, x, <f32>1 / sum, x);
  return top + log(sum);
}

/** The gradient of p = softmax(scale s): ds <- p (ds - delta) scale, with delta the sum of p ds. */
export function softmaxGrad(n: usize, p: usize, delta: f32, scale: f32, ds: usize): void {
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) {
    const d = f32x4.sub(v128.load(ds + i), f32x4.splat(delta));
    v128.store(ds + i, f32x4.mul(f32x4.mul(v128.load(p + i), d), f32x4.splat(scale)));
  }
  for (const end = n << 2; i < end; i += 4) {
    store<f32>(ds + i, load<f32>(p + i) * (load<f32>(ds + i) - delta) * scale);
  }
}

/** log(exp(a) + exp(b)). */
export function logAddExp(a: f32, b: f32): f32 {
  const top = max(a, b);
  return top + log(exp1(a - top) + exp1(b - top));
}

/** y = exp(scale x - lse): the probabilities. May work in place. */
export function probabilities(x: usize, n: usize, scale: f32, lse: f32, y: usize): void {
  let i: usize = 0;
  for (const end = whole4(n); i < end; i += 4) {
    const at = i << 2;
    const z = f32x4.sub(f32x4.mul(v128.load(x + at), f32x4.splat(scale)), f32x4.splat(lse));
    v128.store(y + at, exp4(z));
  }
  for (; i < n; i++) store<f32>(y + (i << 2), exp1(load<f32>(x + (i << 2)) * scale - lse));
}

/** Loss and log-sum-exp of rows `first..last` of v logits; a target of -1 is ignored and has loss 0. */
export function tokenLosses(
  first: usize, last: usize, v: usize, logits: usize, targets: usize, nll: usize, lses: usize,
): void {
  for (let r = first; r < last; r++) {
    const row = logits + ((r * v) << 2);
    const lse = logSumExp(row, v, 1);
    const target = load<i32>(targets + (r << 2));
    store<f32>(lses + (r << 2), lse);
    store<f32>(nll + (r << 2), target == -1 ? 0 : lse - load<f32>(row + (<usize>target << 2)));
  }
}

/** Mean of the losses that count, added up in double precision; 0 when none does. */
export function meanLoss(rows: usize, targets: usize, nll: usize, loss: usize): void {
  let total: f64 = 0;
  for (let r: usize = 0; r < rows; r++) total += <f64>load<f32>(nll + (r << 2));
  store<f32>(loss, <f32>(total / <f64>max<usize>(1, counted(rows, targets))));
}

/** Sum of the losses that count, each times its weight, added up in double precision. */
export function weightedLoss(rows: usize, targets: usize, nll: usize, weights: usize, loss: usize): void {
  let total: f64 = 0;
  for (let r: usize = 0; r < rows; r++) {
    if (load<i32>(targets + (r << 2)) == -1) continue; // whatever its weight, NaN included
    total += <f64>load<f32>(nll + (r << 2)) * <f64>load<f32>(weights + (r << 2));
  }
  store<f32>(loss, <f32>total);
}

/**
 * dLogits = (softmax - onehot) scale, for rows `first..last`, zeros in ignored ones; may overwrite the logits.
 *
 * @param weights - Address of a factor for each row, or 0.
 */
export function crossEntropyGrad(
  first: usize, last: usize, v: usize, scale: f32,
  logits: usize, targets: usize, lses: usize, weights: usize, dLogits: usize,
): void {
  for (let r = first; r < last; r++) {
    const out = dLogits + ((r * v) << 2);
    const target = load<i32>(targets + (r << 2));
    if (target == -1) {
      memory.fill(out, 0, v << 2);
      continue;
    }
    // exp(logit - (lse - log scale)) would save the product, but not be exact where the probability is 1
    probabilities(logits + ((r * v) << 2), v, 1, load<f32>(lses + (r << 2)), out);
    const by = weights ? scale * load<f32>(weights + (r << 2)) : scale;
    scaled(0, v, out, by, out);
    const at = out + (<usize>target << 2);
    store<f32>(at, load<f32>(at) - by);
  }
}

/** How many targets are not ignored. */
export function counted(rows: usize, targets: usize): usize {
  let n: usize = 0;
  for (let r: usize = 0; r < rows; r++) if (load<i32>(targets + (r << 2)) != -1) n++;
  return n;
}
