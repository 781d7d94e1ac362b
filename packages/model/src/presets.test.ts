import { describe, expect, test } from 'vitest';
import { gptConfig } from './gpt-config.js';
import { countParameters, parameterShapes } from './parameters.js';
import { type PresetName, preset, presets } from './presets.js';

describe('presets', () => {
  // wte + wpe + nLayer (12 nEmbd² + 13 nEmbd) + 2 nEmbd
  test.each<[PresetName, number | undefined, number]>([
    ['nano', 65, 61_296],
    ['stories', 2048, 435_840],
    ['shakespeare-char', 65, 809_856], // as the PyTorch run of the same sizes counts them
    ['gpt2', undefined, 124_439_808], // as published
  ])('%s, with a vocabulary of %s, has %d parameters', (name, nVocab, count) => {
    const config = gptConfig({ nVocab: nVocab!, ...preset(name).config });
    expect(countParameters(config)).toBe(count);
    const { nLayer, nEmbd: c } = config;
    expect(count).toBe((config.nVocab + config.nCtx) * c + nLayer * (12 * c * c + 13 * c) + 2 * c);
  });

  test('come smallest first, and each says what it is', () => {
    const counts = Object.values(presets).map(({ config }) =>
      countParameters(gptConfig({ nVocab: 256, ...config })),
    );
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    for (const { about } of Object.values(presets)) expect(about.length).toBeGreaterThan(20);
  });

  test('are found by name; an unknown name is refused with the names there are', () => {
    expect(preset('nano')).toBe(presets.nano);
    for (const name of ['gpt5', '', 'toString', '__proto__']) {
      expect(() => preset(name)).toThrow(
        `preset must be one of nano, stories, shakespeare-char, gpt2, got "${name}".`,
      );
    }
  });

  test("gpt2's tensors are named and shaped as in the published checkpoint", () => {
    const shapes = parameterShapes(gptConfig({ nVocab: 1, ...presets.gpt2.config }));
    expect(shapes.size).toBe(2 + 12 * 12 + 2);
    expect(Object.fromEntries([...shapes].filter(([name]) => !/^h\.[1-9]/.test(name)))).toEqual({
      'wte.weight': [50257, 768],
      'wpe.weight': [1024, 768],
      'h.0.ln_1.weight': [768],
      'h.0.ln_1.bias': [768],
      'h.0.attn.c_attn.weight': [768, 2304],
      'h.0.attn.c_attn.bias': [2304],
      'h.0.attn.c_proj.weight': [768, 768],
      'h.0.attn.c_proj.bias': [768],
      'h.0.ln_2.weight': [768],
      'h.0.ln_2.bias': [768],
      'h.0.mlp.c_fc.weight': [768, 3072],
      'h.0.mlp.c_fc.bias': [3072],
      'h.0.mlp.c_proj.weight': [3072, 768],
      'h.0.mlp.c_proj.bias': [768],
      'ln_f.weight': [768],
      'ln_f.bias': [768],
    });
  });
});
