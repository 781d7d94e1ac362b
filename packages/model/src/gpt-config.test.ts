import { InvalidConfigError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { gptConfigFromJson, gptConfigToJson } from './config-json.js';
import { gptConfig } from './gpt-config.js';

const sizes = { nLayer: 2, nHead: 3, nEmbd: 12, nCtx: 8, nVocab: 11 };

describe('gptConfig', () => {
  test('fills in what follows from the five sizes', () => {
    expect(gptConfig(sizes)).toEqual({
      ...sizes,
      ...{ dHead: 4, nInner: 48, layerNormEps: 1e-5, initStd: 0.02 },
      ...{ norm: 'pre', attention: [{ kind: 'dense' }], scoreScale: 0.5, activation: 'gelu', head: 'tied' },
      ...{ embdPdrop: 0, attnPdrop: 0, residPdrop: 0 },
    });
  });

  test('keeps what is given', () => {
    const given = { ...sizes, dHead: 5, nInner: 7, layerNormEps: 1e-6, initStd: 0.05 };
    expect(gptConfig(given)).toMatchObject(given);
    expect(gptConfig({ ...given, nEmbd: 13 }).dHead).toBe(5); // a width of its own need not divide nEmbd
  });

  test('drops fields that are not its own', () => {
    expect(gptConfig({ ...sizes, colour: 'red' } as typeof sizes)).not.toHaveProperty('colour');
  });

  const bad = [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 24 + 1, '12', true, [4], undefined];
  const required = ['nLayer', 'nHead', 'nEmbd', 'nCtx', 'nVocab'] as const;

  test.each(required.flatMap((field) => bad.map((value) => ({ field, value }))))(
    '$field: $value is refused',
    ({ field, value }) => {
      const make = () => gptConfig({ ...sizes, [field]: value });
      expect(make).toThrow(InvalidConfigError);
      expect(make).toThrow(new RegExp(`^config: ${field} must be an integer from 1 to \\d+, got `));
    },
  );

  test.each(['dHead', 'nInner'].flatMap((field) => bad.slice(0, -1).map((value) => ({ field, value }))))(
    '$field: $value is refused, though it may be left out',
    ({ field, value }) => {
      expect(() => gptConfig({ ...sizes, [field]: value })).toThrow(`config: ${field} must be an integer`);
      expect(() => gptConfig({ ...sizes, [field]: undefined })).not.toThrow();
    },
  );

  test.each([0, 1, -1e-5, Number.NaN, '1e-5'])('layerNormEps and initStd: %s is refused', (value) => {
    for (const field of ['layerNormEps', 'initStd']) {
      const make = () => gptConfig({ ...sizes, [field]: value });
      expect(make).toThrow(`config: ${field} must be between 0 and 1`);
    }
  });

  test('a width that the heads do not divide is refused, with a width that would do', () => {
    expect(() => gptConfig({ ...sizes, nEmbd: 13 })).toThrow(
      'config: nEmbd must be divisible by nHead = 3, got 13. Use 15, or give dHead.',
    );
  });
});

describe('config.json', () => {
  /** Hugging Face's file for GPT-2, abridged. */
  const file = {
    activation_function: 'gelu_new',
    architectures: ['GPT2LMHeadModel'],
    attn_pdrop: 0.1,
    initializer_range: 0.02,
    layer_norm_epsilon: 1e-5,
    model_type: 'gpt2',
    n_ctx: 1024,
    n_embd: 768,
    n_head: 12,
    n_inner: null,
    n_layer: 12,
    n_positions: 1024,
    vocab_size: 50257,
  };

  test("is read in Hugging Face's words", () => {
    expect(gptConfigFromJson(file, 'config.json')).toMatchObject({
      nLayer: 12,
      nHead: 12,
      nEmbd: 768,
      nCtx: 1024,
      nVocab: 50257,
      dHead: 64,
      nInner: 3072,
      layerNormEps: 1e-5,
      initStd: 0.02,
    });
  });

  test.each([
    ['every default', sizes],
    ['a width of its own for heads', { ...sizes, dHead: 5 }],
    ['a width of its own for the MLP', { ...sizes, nInner: 7 }],
    ['another epsilon', { ...sizes, layerNormEps: 1e-6 }],
    ['another initialisation', { ...sizes, initStd: 0.08 }],
  ])('comes back as it was written: %s', (_, input) => {
    const config = gptConfig(input);
    const json = JSON.parse(JSON.stringify(gptConfigToJson(config)));
    expect(gptConfigFromJson(json, 'config.json')).toEqual(config);
  });

  test('says what Hugging Face needs to build the same model', () => {
    expect(gptConfigToJson(gptConfig(sizes))).toEqual({
      model_type: 'gpt2',
      architectures: ['GPT2LMHeadModel'],
      n_layer: 2,
      n_head: 3,
      n_embd: 12,
      n_positions: 8,
      n_ctx: 8,
      vocab_size: 11,
      n_inner: 48,
      layer_norm_epsilon: 1e-5,
      initializer_range: 0.02,
      activation_function: 'gelu_new',
      tie_word_embeddings: true,
    });
    expect(gptConfigToJson(gptConfig({ ...sizes, dHead: 5 }))).toHaveProperty('d_head', 5);
  });

  test.each<[Record<string, unknown>, string]>([
    [{ n_layer: undefined }, 'n_layer must be an integer from 1 to'],
    [{ n_layer: '12' }, 'n_layer must be an integer from 1 to'],
    [{ n_head: null }, 'n_head must be an integer from 1 to'],
    [{ n_embd: 0 }, 'n_embd must be an integer from 1 to'],
    [{ n_positions: -1 }, 'n_positions must be an integer from 1 to'],
    [{ vocab_size: 1e9 }, 'vocab_size must be an integer from 1 to'],
    [{ n_inner: 1.5 }, 'n_inner must be an integer from 1 to'],
    [{ d_head: 'wide' }, 'd_head must be an integer from 1 to'],
    [{ layer_norm_epsilon: 2 }, 'layer_norm_epsilon must be between 0 and 1, got 2.'],
    [{ n_embd: 770 }, 'n_embd must be divisible by n_head = 12, got 770. Use 780, or give d_head.'],
    [{ activation_function: 'relu' }, 'activation_function must be "gelu_new", got "relu".'],
    [{ activation_function: 'gelu' }, 'activation_function must be "gelu_new", got "gelu".'],
    [{ tie_word_embeddings: false }, 'tie_word_embeddings must be true, got false.'],
    [{ bias: false }, 'bias must be true, got false.'],
  ])('names file, field and value of what it cannot use: %o', (change, message) => {
    const read = () => gptConfigFromJson({ ...file, ...change }, 'runs/a/config.json');
    expect(read).toThrow(InvalidConfigError);
    expect(read).toThrow(`runs/a/config.json: ${message}`);
  });

  test.each([[null], [[]], ['text'], [12], [undefined]])('%s is not a config', (json) => {
    expect(() => gptConfigFromJson(json, 'config.json')).toThrow(
      'config.json: the file must be a JSON object',
    );
  });
});
