import { type FieldNames, readFields } from './config-fields.js';
import type { ConfigLayout } from './layout.js';
import {
  activationIs,
  allDense,
  epsIsDefault,
  headsFillWidth,
  mlpIsFourfold,
  preNorm,
  scaledScores,
  tiedHead,
} from './limits.js';
import { ownTensors, transposed } from './own-tensors.js';

const NAMES: FieldNames = {
  nLayer: 'n_layer',
  nHead: 'n_head',
  nEmbd: 'n_embd',
  nCtx: 'block_size',
  nVocab: 'vocab_size',
};

/** What nanoGPT's `Linear` layers hold, out×in. */
export const LINEAR_WEIGHT: RegExp = /\.(c_attn|c_proj|c_fc)\.weight$/;

/**
 * nanoGPT's state dict, with its `model_args` as `config.json`. Biases may be missing; the head is written twice.
 *
 * How a model is trained is not told, but for one dropout rate.
 *
 * @see karpathy/nanoGPT `model.py`, whose GELU is the exact one.
 */
export const nanogptLayout: ConfigLayout = {
  name: 'nanogpt',

  tensors(config) {
    const { head, nVocab, nEmbd } = config;
    const tensors = ownTensors(config).map((each) => {
      if (each.name === 'lm_head.weight') return each;
      const named = { ...each, name: `transformer.${each.name}`, optional: each.name.endsWith('.bias') };
      return LINEAR_WEIGHT.test(each.name) ? transposed(named) : named;
    });
    if (head === 'untied') return tensors;
    return [
      ...tensors,
      { name: 'lm_head.weight', shape: [nVocab, nEmbd], parameter: 'wte.weight', copy: true },
    ];
  },

  prefixes: ['_orig_mod.', 'transformer.'],
  buffers: ['h.#.attn.bias'],

  limits: (config) => [
    preNorm(config),
    allDense(config),
    headsFillWidth(config),
    mlpIsFourfold(config),
    scaledScores(config),
    activationIs(config, 'gelu-exact'),
    epsIsDefault(config),
    tiedHead(config), // wte and lm_head are one tensor; files with two are read
  ],

  readConfig(fields, source) {
    const dropout = Object.fromEntries(
      ['embdPdrop', 'attnPdrop', 'residPdrop'].map((each) => [each, 'dropout']),
    );
    return readFields(fields, { ...NAMES, ...dropout }, { activation: 'gelu-exact' }, source);
  },

  writeConfig: (config) => ({
    ...Object.fromEntries(Object.entries(NAMES).map(([ours, theirs]) => [theirs, config[ours as 'nLayer']])),
    bias: true,
    dropout: config.residPdrop,
  }),
};
