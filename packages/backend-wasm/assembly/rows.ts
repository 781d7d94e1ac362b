import { add } from './elementwise';
import { sumLanes, whole4 } from './simd';

/**
 * y = (x - mean) rstd gain + bias for rows `first..last` of n; keeps mean and rstd.
 * With a residual, what is normalised is x + residual, kept at `added`.
 */
export function layerNorm(
  first: usize, last: usize, n: usize, eps: f32,
  input: usize, gain: usize, bias: usize, residual: usize, added: usize,
  y: usize, mean: usize, rstd: usize,
): void {
  const end4 = whole4(n);
  let x = input;
  if (residual) {
    add(first * n, last * n, input, residual, added);
    x = added;
  }
  x += (first * n) << 2;
  y += (first * n) << 2;
  for (let r = first; r < last; r++, x += n << 2, y += n << 2) {
    let sums = f32x4.splat(0);
    let i: usize = 0;
    for (; i < end4; i += 4) sums = f32x4.add(sums, v128.load(x + (i << 2)));
    let sum = sumLanes(sums);
    for (; i < n; i++) sum += load<f32>(x + (i << 2));
    const mu = sum / <f32>n;
    const mu4 = f32x4.splat(mu);

    sums = f32x4.splat(0);
    for (i = 0; i < end4; i += 4) {
      const d = f32x4.sub(v128.load(x + (i << 2)), mu4);
      sums = f32x4.add(sums, f32x4.mul(d, d));
    }
    sum = sumLanes(sums);
    for (; i < n; i++) {
      const d = load<f32>(x + (i << 2)) - mu;
      sum += d * d;
    }
    const scale: f32 = <f32>1.0 / sqrt<f32>(sum / <f32>n + eps);
    const scale4 = f32x4.splat(scale);

    for (i = 0; i < end4; i += 4) {
      const at = i << 2;
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mu4), scale4);
      v128.store(y + at, f32x4.add(f32x4.mul(normal, v128.load(gain + at)), v128.load(bias + at)));
    }
    for (; i < n; i++) {
      const at = i << 2;
      store<f32>(y + at, (load<f32>(x + at) - mu) * scale * load<f32>(gain + at) + load<f32>(bias + at));
    }
    store<f32>(mean + (r << 2), mu);
    store<f32>(rstd + (r << 2), scale);
  }
}

/** With xh the normalised row and g = dy gain: dx = rstd (g - avg(g) - xh avg(g xh)), for rows `first..last`. */
export function layerNormGrad(
  first: usize, last: usize, n: usize,
  dy: usize, x: usize, gain: usize, mean: usize, rstd: usize, dx: usize,
): void {
  const end4 = whole4(n);
  const start = (first * n) << 2;
  x += start;
  dy += start;
  dx += start;
  for (let r = first; r < last; r++, x += n << 2, dy += n << 2, dx += n << 2) {
    const mu = load<f32>(mean + (r << 2)), scale = load<f32>(rstd + (r << 2));
    const mu4 = f32x4.splat(mu), scale4 = f32x4.splat(scale);
    let sumG4 = f32x4.splat(0), sumGx4 = f32x4.splat(0);
    let i: usize = 0;
    for (; i < end4; i += 4) {
      const at = i << 2;
      const g = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      sumG4 = f32x4.add(sumG4, g);
      sumGx4 = f32x4.add(sumGx4, f32x4.mul(g, f32x4.mul(f32x4.sub(v128.load(x + at), mu4), scale4)));
    }
    let sumG = sumLanes(sumG4), sumGx = sumLanes(sumGx4);
    for (; i < n; i++) {
      const at = i << 2;
      const g = load<f32>(dy + at) * load<f32>(gain + at);
      sumG += g;
      sumGx += g * ((load<f32>(x + at) - mu) * scale);
    }
    const avgG = sumG / <f32>n, avgGx = sumGx / <f32>n;
    const avgG4 = f32x4.splat(avgG), avgGx4 = f32x4.splat(avgGx);
    for (i = 0; i < end4; i += 4) {
      const at = i << 2;
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), mu4), scale4);
      const g = f32x4.mul(v128.load(dy + at), v128.load(gain + at));
      v128.store(dx + at, f32x4.mul(scale4, f32x4.sub(f32x4.sub(g, avgG4), f32x4.mul(normal, avgGx4))));
    }
    for (; i < n; i++) {
      const at = i << 2;
      const normal = (load<f32>(x + at) - mu) * scale;
      const g = load<f32>(dy + at) * load<f32>(gain + at);
      store<f32>(dx + at, scale * (g - avgG - normal * avgGx));
    }
  }
}

/** Columns `first..last` of the gain's and the bias's gradient: dy xh and dy, added up over the rows in order. */
export function layerNormGainGrad(
  first: usize, last: usize, rows: usize, n: usize,
  dy: usize, x: usize, mean: usize, rstd: usize, dGain: usize, dBias: usize,
): void {
  memory.fill(dGain + (first << 2), 0, (last - first) << 2);
  memory.fill(dBias + (first << 2), 0, (last - first) << 2);
  const end4 = first + whole4(last - first);
  for (let r: usize = 0; r < rows; r++, x += n << 2, dy += n << 2) {
    const mu = load<f32>(mean + (r << 2)), scale = load<f32>(rstd + (r << 2));
    let i = first;
    for (; i < end4; i += 4) {
      const at = i << 2;
      const d = v128.load(dy + at);
      const normal = f32x4.mul(f32x4.sub(v128.load(x + at), f32x4.splat(mu)), f32x4.splat(scale));
      v128.store(dGain + at, f32x4.add(v128.load(dGain + at), f32x4.mul(d, normal)));
      v128.store(dBias + at, f32x4.add(v128.load(dBias + at), d));
    }
    for (; i < last; i++) {
      const at = i << 2;
      const d = load<f32>(dy + at);
      store<f32>(dGain + at, load<f32>(dGain + at) + d * ((load<f32>(x + at) - mu) * scale));
      store<f32>(dBias + at, load<f32>(dBias + at) + d);
    }
  }
}

/** Columns `first..last` of the sum of the rows of x [rows, n]. */
export function columnSum(first: usize, last: usize, rows: usize, n: usize, x: usize, out: usize): void {
  memory.fill(out + (first << 2), 0, (last - first) << 2);
  const end4 = first + whole4(last - first);
  for (let r: usize = 0; r < rows; r++, x += n << 2) {
    let i = first;
    for (; i < end4; i += 4) {
      const at = i << 2;
      v128.store(out + at, f32x4.add(v128.load(out + at), v128.load(x + at)));
    }
    for (; i < last; i++) store<f32>(out + (i << 2), load<f32>(out + (i << 2)) + load<f32>(x + (i << 2)));
  }
}
