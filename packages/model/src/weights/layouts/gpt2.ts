import { expectField, HF_NAMES, readFields, writeFields } from './config-fields.js';
import type { ConfigLayout } from './layout.js';
import { allDense, headsFillWidth, preNorm, scalesByWidth } from './limits.js';
import { ownTensors, tiedCopy } from './own-tensors.js';

// `d_head` is ours: nobody else reads it, so it is not written either.
const NAMES = { ...HF_NAMES, nInner: 'n_inner' };

/**
 * GPT-2 as Hugging Face publishes it: our names and shapes are this layout's.
 *
 * @see Hugging Face `modeling_gpt2.py`, `configuration_gpt2.py`.
 */
export const gpt2Layout: ConfigLayout = {
  name: 'gpt2',
  tensors: (config) => [...ownTensors(config), ...tiedCopy(config)],
  prefixes: ['transformer.'],
  buffers: ['h.#.attn.bias', 'h.#.attn.masked_bias'],

  limits(config) {
    const { head, scoreScale } = config;
    return [
      preNorm(config),
      allDense(config),
      headsFillWidth(config),
      { field: 'head', holds: head !== 'joint', expected: '"tied" or "untied"' },
      {
        field: 'scoreScale',
        holds: scalesByWidth(config) || scoreScale === 1,
        expected: '1 / sqrt(dHead) or 1',
      },
    ];
  },

  readConfig(fields, source) {
    const expect = <T>(field: string, ...allowed: T[]) => expectField(fields, field, allowed, source);
    expect('bias', true);
    for (const field of [
      'scale_attn_by_inverse_layer_idx',
      'reorder_and_upcast_attn',
      'add_cross_attention',
    ]) {
      expect(field, false);
    }
    const activation = expect('activation_function', 'gelu_new', 'gelu_pytorch_tanh', 'gelu');
    return readFields(
      fields,
      { ...NAMES, dHead: 'd_head' },
      {
        activation: activation === 'gelu' ? 'gelu-exact' : 'gelu',
        head: expect('tie_word_embeddings', true, false) ? 'tied' : 'untied',
        ...(expect('scale_attn_weights', true, false) ? {} : { scoreScale: 1 }),
      },
      source,
    );
  },

  writeConfig: (config) => ({
    model_type: 'gpt2',
    architectures: ['GPT2LMHeadModel'],
    ...writeFields(config, NAMES),
    n_ctx: config.nCtx,
    activation_function: config.activation === 'gelu' ? 'gelu_new' : 'gelu',
    scale_attn_weights: scalesByWidth(config),
    tie_word_embeddings: config.head === 'tied',
  }),
};
