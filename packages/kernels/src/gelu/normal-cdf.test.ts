import { describe, expect, test } from 'vitest';
import { normalCdf, normalDensity } from './normal-cdf.js';

describe('normalCdf', () => {
  // From mpmath, 30 digits: erfc(-x / sqrt(2)) / 2. On both sides of where its two formulas meet, too.
  test.each([
    [-12, 1.776482112077679e-33],
    [-8, 6.220960574271784e-16],
    [-5, 2.866515718791939e-7],
    [-3.0000001, 0.0013498975884453205],
    [-3, 0.0013498980316300946],
    [-1, 0.15865525393145705],
    [-0.5, 0.3085375387259869],
    [0, 0.5],
    [1e-8, 0.5000000039894228],
    [0.25, 0.5987063256829237],
    [1, 0.8413447460685429],
    [2.5, 0.9937903346742238],
    [3.5, 0.9997673709209645],
    [6, 0.9999999990134123],
  ])('of %f is %f', (x, want) => {
    expect(Math.abs(normalCdf(x) / want - 1)).toBeLessThan(2e-13); // seen: 8.9e-14
  });

  test('ends in 0 and 1', () => {
    expect([normalCdf(-100), normalCdf(100)]).toEqual([0, 1]);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });

  test('grows as fast as the density says', () => {
    const h = 1e-4;
    for (let x = -7.05; x < 7; x += 0.1) {
      const growth = (normalCdf(x + h) - normalCdf(x - h)) / (2 * h);
      expect(Math.abs(growth - normalDensity(x))).toBeLessThan(3e-9); // seen: 6.6e-10
    }
  });
});
