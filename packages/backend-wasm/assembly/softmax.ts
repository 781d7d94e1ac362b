import { exp1, exp4, maxLanes, sumLanes, whole4 } from './simd';

// JavaScript's Math.log: once a row, so not worth a version of our own.
// @ts-ignore: decorator
@external("env", "log")
declare function log(x: f64): f64;

/** log(sum(exp(scale x))) over n floats. */
export function logSumExp(x: usize, n: usize, scale: f32): f32 {
  const end4 = whole4(n);
  let i: usize = 0;
  let top = load<f32>(x);
  if (end4 > 0) {
    let tops = v128.load(x);
    for (i = 4; i < end4; i += 4) tops = f32x4.max(tops, v128.load(x + (i << 2)));
    top = maxLanes(tops);
  }
  for (; i < n; i++) top = max(top, load<f32>(x + (i << 2)));
  top *= scale;

  const top4 = f32x4.splat(top), scale4 = f32x4.splat(scale);
  let sums = f32x4.splat(0);
  for (i = 0; i < end4; i += 4) {
    sums = f32x4.add(sums, exp4(f32x4.sub(f32x4.mul(v128.load(x + (i << 2)), scale4), top4)));
  }
  let sum = sumLanes(sums);
  for (; i < n; i++) sum += exp1(load<f32>(x + (i << 2)) * scale - top);
  return top + <f32>log(<f64>sum);
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

/**
 * Losses of `rows` rows of `v` logits; target -1 is ignored. `loss` gets their mean, in double precision until then.
 * Returns the index of the first target that is neither an id nor -1, or -1.
 */
export function crossEntropy(
  rows: usize, v: usize, logits: usize, targets: usize, loss: usize, nll: usize, lses: usize,
): i32 {
  let total: f64 = 0;
  let counted: f64 = 0;
  for (let r: usize = 0; r < rows; r++) {
    const row = logits + ((r * v) << 2);
    const lse = logSumExp(row, v, 1);
    store<f32>(lses + (r << 2), lse);
    const target = load<i32>(targets + (r << 2));
    let surprise: f32 = 0;
    if (target != -1) {
      if (<u32>target >= <u32>v) return <i32>r;
      surprise = lse - load<f32>(row + (<usize>target << 2));
      total += surprise;
      counted += 1;
    }
    store<f32>(nll + (r << 2), surprise);
  }
  store<f32>(loss, counted == 0 ? 0 : <f32>(total / counted));
  return -1;
}

/** dLogits = (softmax - onehot) dLoss / counted; zeros in ignored rows. */
export function crossEntropyGrad(
  rows: usize, v: usize, dLoss: usize, logits: usize, targets: usize, lses: usize, dLogits: usize,
): void {
  let counted: f32 = 0;
  for (let r: usize = 0; r < rows; r++) if (load<i32>(targets + (r << 2)) != -1) counted += 1;
  const scale: f32 = load<f32>(dLoss) / max<f32>(counted, 1);
  for (let r: usize = 0; r < rows; r++) {
    const out = dLogits + ((r * v) << 2);
    const target = load<i32>(targets + (r << 2));
    if (target == -1) {
      memory.fill(out, 0, v << 2);
      continue;
    }
    probabilities(logits + ((r * v) << 2), v, 1, load<f32>(lses + (r << 2)), out);
    let i: usize = 0;
    for (const end = whole4(v); i < end; i += 4) {
      v128.store(out + (i << 2), f32x4.mul(v128.load(out + (i << 2)), f32x4.splat(scale)));
    }
    for (; i < v; i++) store<f32>(out + (i << 2), load<f32>(out + (i << 2)) * scale);
    const at = out + (<usize>target << 2);
    store<f32>(at, load<f32>(at) - scale);
  }
}
