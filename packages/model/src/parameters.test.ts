import { describe, expect, test } from 'vitest';
import { gptConfig } from './gpt-config.js';
import { initialParameters, parameterShapes } from './parameters.js';

const config = gptConfig({ nLayer: 2, nHead: 4, nEmbd: 64, nCtx: 128, nVocab: 300 });

describe('initialParameters', () => {
  const values = initialParameters(config, 1337);

  test('fills every tensor, in checkpoint order', () => {
    expect([...values.keys()]).toEqual([...parameterShapes(config).keys()]);
    for (const [name, shape] of parameterShapes(config)) {
      expect(values.get(name)).toHaveLength(shape.reduce((a, b) => a * b, 1));
    }
  });

  const matrices = [...parameterShapes(config)].filter(([, shape]) => shape.length === 2);
  test.each(matrices.map(([name]) => name))('%s is normal with the spread of GPT-2', (name) => {
    const data = values.get(name)!;
    const std = name.endsWith('c_proj.weight') ? 0.02 / Math.sqrt(2 * 2) : 0.02;
    const mean = data.reduce((sum, x) => sum + x, 0) / data.length;
    const deviation = Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
    const beyond2 = data.filter((x) => Math.abs(x) > 2 * std).length / data.length;
    const sd = 1 / Math.sqrt(data.length); // of the mean, in units of std; that of the deviation is 0.7 sd
    expect(Math.abs(mean / std)).toBeLessThan(4 * sd); // seen: 1.5 sd
    expect(Math.abs(deviation / std - 1)).toBeLessThan(4 * 0.71 * sd); // 1.9 times 0.71 sd
    expect(Math.abs(beyond2 - 0.0455)).toBeLessThan(4 * 0.21 * sd); // 1.6 times 0.21 sd
  });

  test('gains are 1 and biases 0', () => {
    for (const [name, data] of values) {
      if (name.endsWith('.bias')) expect(data.every((x) => x === 0)).toBe(true);
      if (/ln_.\.weight$/.test(name)) expect(data.every((x) => x === 1)).toBe(true);
    }
  });

  test('the same seed gives the same bytes, another seed other ones', () => {
    expect(initialParameters(config, 1337)).toEqual(values);
    expect(initialParameters(config, 0)).toEqual(initialParameters(config, 0));
    for (const [name] of matrices) {
      expect(initialParameters(config, 0).get(name)).not.toEqual(values.get(name));
    }
  });

  test('no two tensors are alike, and a deeper model begins with the same first block', () => {
    const firsts = matrices.map(([name]) => Math.abs(values.get(name)![0]));
    expect(new Set(firsts).size).toBe(firsts.length);
    const deeper = initialParameters({ ...config, nLayer: 3 }, 1337);
    expect(deeper.get('h.0.mlp.c_fc.weight')).toEqual(values.get('h.0.mlp.c_fc.weight'));
    expect(deeper.get('wte.weight')).toEqual(values.get('wte.weight'));
  });
});
