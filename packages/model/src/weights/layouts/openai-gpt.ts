import type { GPTConfig } from '../../gpt-config.js';
import { expectField, HF_NAMES, readFields, writeFields } from './config-fields.js';
import type { ConfigLayout, FileTensor } from './layout.js';
import { activationIs, allDense, headsFillWidth, mlpIsFourfold, scaledScores } from './limits.js';
import { ownTensors, tiedCopy } from './own-tensors.js';

/**
 * GPT-1 as Hugging Face publishes it. `joint_head` is ours: with it, the two tables are one, as in GPT-1's fine-tuning code.
 *
 * @see Hugging Face `modeling_openai.py`, whose "gelu" is the tanh form.
 */
export const openaiGptLayout: ConfigLayout = {
  name: 'openai-gpt',
  tensors: (config) => [...ownTensors(config).flatMap((each) => renamed(each, config)), ...tiedCopy(config)],
  prefixes: ['transformer.'],
  buffers: ['h.#.attn.bias', 'position_ids'],

  limits: (config) => [
    { field: 'norm', holds: config.norm === 'post', expected: '"post"' },
    allDense(config),
    headsFillWidth(config),
    mlpIsFourfold(config),
    scaledScores(config),
    activationIs(config, 'gelu'),
  ],

  readConfig(fields, source) {
    expectField(fields, 'afn', ['gelu'], source);
    expectField(fields, 'n_special', [0], source);
    const tied = expectField(fields, 'tie_word_embeddings', [true, false], source);
    const joint = expectField(fields, 'joint_head', [false, true], source);
    if (joint) expectField(fields, 'tie_word_embeddings', [true], source);
    const head = joint ? 'joint' : tied ? 'tied' : 'untied';
    return readFields(fields, HF_NAMES, { norm: 'post', activation: 'gelu', head }, source);
  },

  writeConfig: (config) => ({
    model_type: 'openai-gpt',
    architectures: ['OpenAIGPTLMHeadModel'],
    ...writeFields(config, HF_NAMES),
    n_ctx: config.nCtx,
    n_special: 0,
    afn: 'gelu',
    tie_word_embeddings: config.head !== 'untied',
    ...(config.head === 'joint' ? { joint_head: true } : {}),
  }),
};

function renamed(tensor: FileTensor, { nVocab, nCtx, nEmbd }: GPTConfig): FileTensor[] {
  const { name } = tensor;
  if (name === 'wte.weight') return [{ ...tensor, name: 'tokens_embed.weight' }];
  if (name === 'wpe.weight') return [{ ...tensor, name: 'positions_embed.weight' }];
  if (name !== 'we.weight') return [tensor];
  return [
    { name: 'tokens_embed.weight', shape: [nVocab, nEmbd], parameter: name },
    { name: 'positions_embed.weight', shape: [nCtx, nEmbd], parameter: name, row: nVocab },
  ];
}
