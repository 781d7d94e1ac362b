import { whole4 } from './simd';

/** y = a + b. */
export function add(first: usize, last: usize, a: usize, b: usize, y: usize): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    const at = i << 2;
    v128.store(y + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  }
  for (; i < last; i++) store<f32>(y + (i << 2), load<f32>(a + (i << 2)) + load<f32>(b + (i << 2)));
}

/** y = a b, element by element. */
export function multiply(first: usize, last: usize, a: usize, b: usize, y: usize): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    const at = i << 2;
    v128.store(y + at, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  for (; i < last; i++) store<f32>(y + (i << 2), load<f32>(a + (i << 2)) * load<f32>(b + (i << 2)));
}

/** y = factor x; may work in place. */
export function scaled(first: usize, last: usize, x: usize, factor: f32, y: usize): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    v128.store(y + (i << 2), f32x4.mul(v128.load(x + (i << 2)), f32x4.splat(factor)));
  }
  for (; i < last; i++) store<f32>(y + (i << 2), load<f32>(x + (i << 2)) * factor);
}

/** y += share (x - y). */
export function blend(first: usize, last: usize, x: usize, share: f32, y: usize): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    const from = v128.load(y + (i << 2));
    const way = f32x4.sub(v128.load(x + (i << 2)), from);
    v128.store(y + (i << 2), f32x4.add(from, f32x4.mul(f32x4.splat(share), way)));
  }
  for (; i < last; i++) {
    const from = load<f32>(y + (i << 2));
    store<f32>(y + (i << 2), from + share * (load<f32>(x + (i << 2)) - from));
  }
}

/** Elements whose squares are added up by themselves, so that the sum does not depend on the number of threads. */
const CHUNK: usize = 1 << 16;

/** How many partial sums n elements have. */
export function chunks(n: usize): usize {
  return (n + CHUNK - 1) / CHUNK;
}

/** Chunks `first..last`: the sum of squares of each, in double precision. */
export function sumsOfSquares(first: usize, last: usize, n: usize, x: usize, sums: usize): void {
  for (let c = first; c < last; c++) {
    const start = c * CHUNK;
    store<f64>(sums + (c << 3), sumOfSquares(min(CHUNK, n - start), x + (start << 2)));
  }
}

function sumOfSquares(n: usize, x: usize): f64 {
  let sums = f64x2.splat(0);
  let i: usize = 0;
  for (const end = whole4(n); i < end; i += 4) {
    const v = v128.load(x + (i << 2));
    const lo = f64x2.promote_low_f32x4(v);
    const hi = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
    sums = f64x2.add(sums, f64x2.add(f64x2.mul(lo, lo), f64x2.mul(hi, hi)));
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  for (; i < n; i++) {
    const v = <f64>load<f32>(x + (i << 2));
    sum += v * v;
  }
  return sum;
}

/** out = the sum of n doubles, in order. */
export function total(n: usize, x: usize, out: usize): void {
  let sum: f64 = 0;
  for (let i: usize = 0; i < n; i++) sum += load<f64>(x + (i << 3));
  store<f32>(out, <f32>sum);
}

/** One update in place; see AdamAttrs in @gpt-ts/kernels for the rule. */
export function adam(
  first: usize, last: usize, p: usize, g: usize, m: usize, v: usize,
  gradScale: f32, beta1: f32, beta2: f32, eps: f32, decay: f32, stepSize: f32, vScale: f32,
): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    const at = i << 2;
    const grad = f32x4.mul(v128.load(g + at), f32x4.splat(gradScale));
    const mean = f32x4.add(
      f32x4.mul(f32x4.splat(beta1), v128.load(m + at)),
      f32x4.mul(f32x4.splat(1 - beta1), grad),
    );
    const square = f32x4.add(
      f32x4.mul(f32x4.splat(beta2), v128.load(v + at)),
      f32x4.mul(f32x4.splat(1 - beta2), f32x4.mul(grad, grad)),
    );
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(square, f32x4.splat(vScale))), f32x4.splat(eps));
    const update = f32x4.div(f32x4.mul(f32x4.splat(stepSize), mean), root);
    v128.store(p + at, f32x4.sub(f32x4.mul(v128.load(p + at), f32x4.splat(decay)), update));
    v128.store(m + at, mean);
    v128.store(v + at, square);
  }
  for (; i < last; i++) {
    const at = i << 2;
    const grad = load<f32>(g + at) * gradScale;
    const mean = beta1 * load<f32>(m + at) + (1 - beta1) * grad;
    const square = beta2 * load<f32>(v + at) + (1 - beta2) * (grad * grad);
    store<f32>(p + at, load<f32>(p + at) * decay - (stepSize * mean) / (sqrt<f32>(square * vScale) + eps));
    store<f32>(m + at, mean);
    store<f32>(v + at, square);
  }
}
