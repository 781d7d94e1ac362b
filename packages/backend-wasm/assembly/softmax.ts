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

/** dLogits = (softmax - onehot) dLoss / counted, for `first..last` of the rows; zeros in ignored ones. */
export function crossEntropyGrad(
  first: usize, last: usize, rows: usize, v: usize,
  dLoss: usize, logits: usize, targets: usize, lses: usize, dLogits: usize,
): void {
  const scale: f32 = load<f32>(dLoss) / <f32>max<usize>(1, counted(rows, targets));
  for (let r = first; r < last; r++) {
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

/** How many targets are not ignored. */
function counted(rows: usize, targets: usize): usize {
  let n: usize = 0;
  for (let r: usize = 0; r < rows; r++) if (load<i32>(targets + (r << 2)) != -1) n++;
  return n;
}
