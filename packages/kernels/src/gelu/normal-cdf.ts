/** The standard normal distribution in double precision. */

const ROOT_2_PI = Math.sqrt(2 * Math.PI);

/** `exp(-x²/2) / sqrt(2 pi)`. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / ROOT_2_PI;
}

/**
 * `Φ(x) = 0.5 (1 + erf(x / sqrt(2)))`, to 1e-13 of the value.
 *
 * @see Abramowitz & Stegun 26.2.11, a series without cancellation, up to 3; beyond, their continued fraction 26.2.14.
 */
export function normalCdf(x: number): number {
  const a = Math.abs(x);
  if (a > 3) return x < 0 ? normalTail(a) : 1 - normalTail(a);
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + normalDensity(x) * sum; // x + x³/3 + x⁵/(3 5) + ...
}

/** `Φ(-a)` of a large a: `density / (a + 1 / (a + 2 / (a + 3 / ...)))`. */
function normalTail(a: number): number {
  let rest = 0;
  for (let k = 150; k > 0; k--) rest = k / (a + rest);
  return normalDensity(a) / (a + rest);
}
