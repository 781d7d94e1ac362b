import { InvalidConfigError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { type GPTConfigInput, gptConfig } from '../gpt-config.js';
import { gptConfigFromJson, gptConfigToJson } from './config-json.js';
import { gptNeoLayout } from './layouts/gpt-neo.js';
import { nanogptLayout } from './layouts/nanogpt.js';

const sizes = { nLayer: 2, nHead: 3, nEmbd: 12, nCtx: 8, nVocab: 11 };

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
    ['dropout', { ...sizes, embdPdrop: 0.1, attnPdrop: 0.2, residPdrop: 0.3 }],
    ['an untied head', { ...sizes, head: 'untied' }],
    ['exact GELU', { ...sizes, activation: 'gelu-exact' }],
    ['scores that are not scaled', { ...sizes, scoreScale: 1 }],
    ['scores on a scale of their own', { ...sizes, scoreScale: 0.3 }],
    ['GPT-1', { ...sizes, norm: 'post' }],
    ['GPT-1 with one table', { ...sizes, norm: 'post', head: 'joint' }],
    ['GPT-1 with an untied head', { ...sizes, norm: 'post', head: 'untied' }],
    ['GPT-1 with another MLP', { ...sizes, norm: 'post', nInner: 7 }],
    ['GPT-2 with one table', { ...sizes, head: 'joint' }],
    ['GPT-3', { ...sizes, attention: [{ kind: 'dense' }, { kind: 'banded', window: 4 }] }],
  ] as [string, GPTConfigInput][])('comes back as it was written: %s', (_, input) => {
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
      ...{ embd_pdrop: 0, attn_pdrop: 0, resid_pdrop: 0 },
      activation_function: 'gelu_new',
      scale_attn_weights: true,
      tie_word_embeddings: true,
    });
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
    [
      { activation_function: 'relu' },
      'activation_function must be "gelu_new" or "gelu_pytorch_tanh" or "gelu", got "relu".',
    ],
    [{ tie_word_embeddings: 'yes' }, 'tie_word_embeddings must be true or false, got "yes".'],
    [{ scale_attn_by_inverse_layer_idx: true }, 'scale_attn_by_inverse_layer_idx must be false, got true.'],
    [{ reorder_and_upcast_attn: true }, 'reorder_and_upcast_attn must be false, got true.'],
    [{ add_cross_attention: true }, 'add_cross_attention must be false, got true.'],
    [{ bias: false }, 'bias must be true, got false.'],
    [
      { model_type: 'llama' },
      'model_type must be one of "gpt2", "openai-gpt", "gpt_neo", "nanogpt", "gpt-ts", got "llama".',
    ],
    [{ model_type: 'openai-gpt', afn: 'relu' }, 'afn must be "gelu", got "relu".'],
    [{ model_type: 'openai-gpt', n_special: 3 }, 'n_special must be 0, got 3.'],
    [
      { model_type: 'openai-gpt', joint_head: true, tie_word_embeddings: false },
      'tie_word_embeddings must be true, got false.',
    ],
    [{ model_type: 'gpt-ts' }, 'nLayer must be an integer from 1 to 4096, got undefined.'],
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

  test("takes GPT-2's other words", () => {
    const read = (change: object) => gptConfigFromJson({ ...file, ...change }, 'config.json');
    expect(read({ activation_function: 'gelu_pytorch_tanh' }).activation).toBe('gelu');
    expect(read({ activation_function: 'gelu' }).activation).toBe('gelu-exact');
    expect(read({ scale_attn_weights: false }).scoreScale).toBe(1);
    expect(read({ tie_word_embeddings: false }).head).toBe('untied');
    expect(read({ attn_pdrop: 0.2 })).toMatchObject({ embdPdrop: 0, attnPdrop: 0.2, residPdrop: 0 });
  });

  test("reads Hugging Face's file for GPT-1", () => {
    const { n_inner: _, activation_function: __, ...rest } = file;
    const config = gptConfigFromJson({ ...rest, model_type: 'openai-gpt', afn: 'gelu' }, 'config.json');
    expect(config).toMatchObject({
      norm: 'post',
      head: 'tied',
      activation: 'gelu',
      nInner: 3072,
      attnPdrop: 0.1,
    });
  });
});

describe("GPT-Neo's config.json", () => {
  /** Hugging Face's file for GPT-Neo 125M, abridged. */
  const neo = {
    model_type: 'gpt_neo',
    activation_function: 'gelu_new',
    attention_dropout: 0,
    attention_types: [[['global', 'local'], 6]],
    hidden_size: 768,
    intermediate_size: null,
    layer_norm_epsilon: 1e-5,
    max_position_embeddings: 2048,
    num_heads: 12,
    num_layers: 12,
    vocab_size: 50257,
    window_size: 256,
  };
  const read = (change: object = {}) => gptConfigFromJson({ ...neo, ...change }, 'config.json');

  test('is dense and banded in turn, with scores that are not scaled', () => {
    expect(read()).toMatchObject({
      ...{ nLayer: 12, nHead: 12, nEmbd: 768, nCtx: 2048, nVocab: 50257, nInner: 3072, scoreScale: 1 },
      attention: [{ kind: 'dense' }, { kind: 'banded', window: 256 }],
    });
  });

  test('says it in two ways, which have to agree', () => {
    const turns = Array.from({ length: 12 }, (_, i) => (i % 3 === 2 ? 'local' : 'global'));
    const attention = [{ kind: 'dense' }, { kind: 'dense' }, { kind: 'banded', window: 256 }];
    const types = [[turns, 1]];
    expect(read({ attention_types: undefined, attention_layers: turns })).toMatchObject({ attention });
    expect(read({ attention_types: types, attention_layers: turns })).toMatchObject({ attention });
    expect(read({ attention_types: [[['global'], 12]] })).toMatchObject({ attention: [{ kind: 'dense' }] });
    expect(() => read({ attention_layers: turns })).toThrow(
      'attention_layers must be "global" or "local" for each of the 12 layers, and attention_types the same, got ["global"',
    );
  });

  test.each([
    [[[['global', 'local'], 5]]],
    [[[['global', 'local'], 1e9]]],
    [[[['global', 'local'], 6.5]]],
    [[[['global', 'sparse'], 6]]],
    [[['global', 12]]],
    ['global'],
    [{}],
  ])('refuses attention_types %o', (types) => {
    expect(() => read({ attention_types: types })).toThrow('config.json: attention_types must be');
  });

  test('is written as it is read', () => {
    const config = read({ num_layers: 3, attention_types: [[['local', 'global', 'local'], 1]] });
    expect(gptConfigFromJson(gptNeoLayout.writeConfig(config), 'config.json')).toEqual(config);
  });
});

test("nanoGPT's model_args are a config.json too", () => {
  const args = {
    n_layer: 2,
    n_head: 2,
    n_embd: 8,
    block_size: 16,
    bias: false,
    vocab_size: 65,
    dropout: 0.2,
  };
  const config = gptConfigFromJson(args, 'config.json');
  expect(config).toMatchObject({
    nCtx: 16,
    nVocab: 65,
    activation: 'gelu-exact',
    attnPdrop: 0.2,
    embdPdrop: 0.2,
  });
  expect(gptConfigFromJson(nanogptLayout.writeConfig(config), 'config.json')).toEqual(config);
});
