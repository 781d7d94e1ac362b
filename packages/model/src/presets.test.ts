import { describe, expect, test } from 'vitest';
import { gptConfig } from './gpt-config.js';
import { countParameters, parameterShapes } from './parameters.js';
import { type PresetName, preset, presets } from './presets.js';

describe('presets', () => {
  test.each<[PresetName, number | undefined, number]>([
    ['nano', 65, 61_296],
    ['stories', 2048, 435_840],
    ['shakespeare-char', 65, 809_856], // as the PyTorch run of the same sizes counts them
    ['gpt1', undefined, 116_534_784], // the sum of the released model/params_shapes.json
    ['gpt2', undefined, 124_439_808],
    ['gpt2-medium', undefined, 354_823_168],
    ['gpt2-large', undefined, 774_030_080],
    ['gpt2-xl', undefined, 1_557_611_200],
    ['gpt3-small', undefined, 125_226_240],
    ['gpt3-medium', undefined, 355_871_744],
    ['gpt3-large', undefined, 760_300_032],
    ['gpt3-xl', undefined, 1_315_723_264],
    ['gpt3-2.7b', undefined, 2_651_553_280],
    ['gpt3-6.7b', undefined, 6_658_404_352],
    ['gpt3-13b', undefined, 12_853_386_240],
    ['gpt3-175b', undefined, 174_604_259_328],
  ])('%s, with a vocabulary of %s, has %d parameters', (name, nVocab, count) => {
    const config = gptConfig({ nVocab: nVocab!, ...preset(name).config });
    expect(countParameters(config)).toBe(count);
    if (nVocab === undefined) expect(preset(name).parameters).toBe(count);
    const { nLayer: l, nEmbd: d, nHead, dHead, norm } = config;
    const a = nHead * dHead;
    const block = 4 * d * a + 3 * a + d + (8 * d * d + 5 * d) + 4 * d; // attention, MLP, norms
    expect(count).toBe((config.nVocab + config.nCtx) * d + l * block + (norm === 'pre' ? 2 * d : 0));
  });

  test('that the paper gives twice can be built by its other reading too', () => {
    const count = (name: PresetName, change: object) =>
      countParameters(gptConfig({ nVocab: 1, ...presets[name].config, ...change }));
    expect(count('gpt3-xl', { nHead: 24 })).toBe(1_517_123_584);
    expect(count('gpt3-13b', { nEmbd: 5140 })).toBe(12_936_488_380);
  });

  test('say what they are and where from, the sizes of each generation smallest first', () => {
    for (const generation of ['gpt2', 'gpt3']) {
      const names = Object.keys(presets).filter((name) => name.startsWith(generation)) as PresetName[];
      const counts = names.map((name) => presets[name].parameters!);
      expect(counts).toEqual([...counts].sort((a, b) => a - b));
    }
    for (const { about, source } of Object.values(presets)) {
      expect(about.length).toBeGreaterThan(20);
      expect(source.length).toBeGreaterThan(10);
    }
  });

  test('of GPT-3 alternate dense and banded blocks', () => {
    const { attention } = gptConfig({ nVocab: 1, ...presets['gpt3-small'].config });
    expect(attention).toEqual([{ kind: 'dense' }, { kind: 'banded', window: 256 }]);
  });

  test('are found by name; an unknown name is refused with the names there are', () => {
    expect(preset('nano')).toBe(presets.nano);
    for (const name of ['gpt5', '', 'toString', '__proto__']) {
      expect(() => preset(name)).toThrow(
        new RegExp(`^preset must be one of nano, .*, gpt1, gpt2, .*, gpt3-175b, got "${name}"`),
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
