/** Attention of a single query to a run of keys: the step of decoding. */
import { addScaled, dot } from './few-rows';
import { softmax } from './softmax';
import { zeros } from './simd';

const TOGETHER: usize = 16; // heads; attention's scratch memory has room for their scores

/**
 * Heads that lie side by side, against keys `from..to`. Each key is met by all heads before the next one, so that the cache
 * is read along its rows; a head at a time would jump a row for every 4 d bytes. The bits are the same.
 *
 * @param k - Position 0's key of the first head; values follow `a` elements after keys, positions 2a elements apart.
 */
export function attendOne(
  heads: usize, d: usize, a: usize, scale: f32, q: usize, k: usize, from: usize, to: usize, out: usize, scratch: usize,
): void {
  for (let h: usize = 0; h < heads; h += TOGETHER) {
    const at = (h * d) << 2;
    group(min(TOGETHER, heads - h), d, a, scale, q + at, k + at, from, to, out + at, scratch);
  }
}

function group(
  heads: usize, d: usize, a: usize, scale: f32, q: usize, k: usize, from: usize, to: usize, out: usize, scores: usize,
): void {
  const n = to - from, row = a << 3, head = d << 2;
  for (let j: usize = 0, key = k + from * row; j < n; j++, key += row) {
    for (let h: usize = 0; h < heads; h++) store<f32>(scores + ((h * n + j) << 2), dot(d, q + h * head, key + h * head));
  }
  for (let h: usize = 0; h < heads; h++) softmax(scores + ((h * n) << 2), n, scale);
  zeros(heads * d, out);
  for (let j: usize = 0, value = k + (a << 2) + from * row; j < n; j++, value += row) {
    for (let h: usize = 0; h < heads; h++) addScaled(d, out + h * head, load<f32>(scores + ((h * n + j) << 2)), value + h * head);
  }
}
