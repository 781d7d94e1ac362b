import { InvalidConfigError } from '@gpt-ts/core';
import { type AttentionPattern, DENSE } from '@gpt-ts/kernels';
import type { GPTConfig } from '../../gpt-config.js';
import { expectField, type FieldNames, readFields, writeFields } from './config-fields.js';
import type { ConfigLayout, FileTensor } from './layout.js';
import { headsFillWidth, preNorm } from './limits.js';
import { ownTensors, tiedCopy, transposed } from './own-tensors.js';

const NAMES: FieldNames = {
  nLayer: 'num_layers',
  nHead: 'num_heads',
  nEmbd: 'hidden_size',
  nCtx: 'max_position_embeddings',
  nVocab: 'vocab_size',
  nInner: 'intermediate_size',
  layerNormEps: 'layer_norm_epsilon',
  initStd: 'initializer_range',
  embdPdrop: 'embed_dropout',
  attnPdrop: 'attention_dropout',
  residPdrop: 'resid_dropout',
};

/**
 * GPT-Neo, the open model nearest to GPT-3: dense and banded layers in turn, scores that are not scaled, and no biases for
 * queries, keys and values.
 *
 * @see Hugging Face `modeling_gpt_neo.py`: a local layer sees keys `i - window_size < j <= i`.
 */
export const gptNeoLayout: ConfigLayout = {
  name: 'gpt_neo',
  tensors: (config) => [...ownTensors(config).flatMap((each) => split(each, config)), ...tiedCopy(config)],
  prefixes: ['transformer.'],
  buffers: ['h.#.attn.attention.bias', 'h.#.attn.attention.masked_bias'],

  limits(config) {
    const { head, attention, scoreScale } = config;
    const windows = new Set(attention.flatMap((each) => (each.kind === 'banded' ? [each.window] : [])));
    const known = attention.every(({ kind }) => kind === 'dense' || kind === 'banded');
    return [
      preNorm(config),
      headsFillWidth(config),
      { field: 'head', holds: head !== 'joint', expected: '"tied" or "untied"' },
      { field: 'scoreScale', holds: scoreScale === 1, expected: '1' },
      { field: 'attention', holds: known && windows.size <= 1, expected: 'dense, or banded with one window' },
    ];
  },

  readConfig(fields, source) {
    const activation = expectField(
      fields,
      'activation_function',
      ['gelu_new', 'gelu_pytorch_tanh', 'gelu'],
      source,
    );
    const tied = expectField(fields, 'tie_word_embeddings', [true, false], source);
    const config = readFields(
      fields,
      NAMES,
      {
        scoreScale: 1,
        activation: activation === 'gelu' ? 'gelu-exact' : 'gelu',
        head: tied ? 'tied' : 'untied',
      },
      source,
    );
    const attention = repeating(kindsOf(fields, config.nLayer, source)).map((kind): AttentionPattern => {
      return kind === 'global' ? DENSE : { kind: 'banded', window: windowOf(fields, source) };
    });
    return { ...config, attention };
  },

  writeConfig(config) {
    const { nLayer, attention, activation, head } = config;
    const kinds = attention.map(({ kind }) => (kind === 'dense' ? 'global' : 'local'));
    const layers = Array.from({ length: nLayer }, (_, i) => kinds[i % kinds.length]);
    const banded = attention.find((each) => each.kind === 'banded');
    return {
      model_type: 'gpt_neo',
      architectures: ['GPTNeoForCausalLM'],
      ...writeFields(config, NAMES),
      activation_function: activation === 'gelu' ? 'gelu_new' : 'gelu',
      attention_types: [[layers, 1]],
      attention_layers: layers,
      window_size: banded?.window ?? 256,
      tie_word_embeddings: head === 'tied',
    };
  },
};

/** One of our tensors as GPT-Neo's files have it. */
function split(tensor: FileTensor, config: GPTConfig): FileTensor[] {
  const { parameter, shape } = tensor;
  const renamed = (name: string) => ({ ...tensor, name: `transformer.${name}` });
  if (parameter === 'lm_head.weight') return [tensor];
  if (parameter.endsWith('.attn.c_attn.bias')) return []; // zeros
  if (parameter.endsWith('.attn.c_attn.weight')) {
    const width = config.nHead * config.dHead;
    return ['q_proj', 'k_proj', 'v_proj'].map((part, i) => ({
      ...transposed({
        ...renamed(parameter.replace('c_attn', `attention.${part}`)),
        shape: [shape[0], width],
      }),
      column: i * width,
    }));
  }
  const own = renamed(parameter.replace('.attn.c_proj.', '.attn.attention.out_proj.'));
  return [/\.(c_proj|c_fc)\.weight$/.test(parameter) ? transposed(own) : own];
}

type Kind = 'global' | 'local';

/** What each layer sees. */
function kindsOf(fields: Readonly<Record<string, unknown>>, nLayer: number, source: string): Kind[] {
  const { attention_types: types, attention_layers: layers } = fields;
  const kinds = layers ?? expanded(types ?? [[['global', 'local'], nLayer / 2]], nLayer); // Hugging Face's default
  if (isKinds(kinds) && kinds.length === nLayer) {
    if (types === undefined || types === null || `${expanded(types, nLayer)}` === `${kinds}`) return kinds;
  }
  const field = layers === undefined ? 'attention_types' : 'attention_layers';
  const expected = `"global" or "local" for each of the ${nLayer} layers, and attention_types the same`;
  throw new InvalidConfigError({ source, field, expected, received: fields[field] });
}

/** `[[["global", "local"], 2]]` as a list of four; anything else as nothing. */
function expanded(types: unknown, nLayer: number): unknown[] | undefined {
  if (!Array.isArray(types)) return undefined;
  const kinds: unknown[] = [];
  for (const each of types) {
    const [some, times] = Array.isArray(each) ? each : [];
    if (!isKinds(some) || !Number.isInteger(times) || times < 0) return undefined;
    if (some.length * times + kinds.length > nLayer) return undefined;
    for (let i = 0; i < times; i++) kinds.push(...some);
  }
  return kinds;
}

function isKinds(value: unknown): value is Kind[] {
  return Array.isArray(value) && value.every((each) => each === 'global' || each === 'local');
}

function windowOf(fields: Readonly<Record<string, unknown>>, source: string): number {
  const received = fields.window_size ?? 256;
  if (Number.isSafeInteger(received) && (received as number) >= 1) return received as number;
  throw new InvalidConfigError({ source, field: 'window_size', expected: 'a positive integer', received });
}

/** The shortest list that gives this one when it is taken in turn. */
function repeating(kinds: readonly Kind[]): readonly Kind[] {
  const length = kinds.findIndex((_, n) => n > 0 && kinds.every((kind, i) => kind === kinds[i % n]));
  return length < 0 ? kinds : kinds.slice(0, length);
}
