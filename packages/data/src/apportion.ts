/**
 * Divides whole seats by weight (largest remainder): each gets the whole part of its quota, and those with the largest
 * remainders one more; of equal ones the first.
 */
export function apportion(weights: readonly number[], seats: number): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const quotas = weights.map((weight) => (weight / total) * seats);
  const whole = quotas.map(Math.floor);
  const left = seats - whole.reduce((sum, seat) => sum + seat, 0);
  const byRemainder = quotas.map((_, i) => i).sort((a, b) => quotas[b] - whole[b] - (quotas[a] - whole[a]));
  for (const i of byRemainder.slice(0, left)) whole[i]++;
  return whole;
}
