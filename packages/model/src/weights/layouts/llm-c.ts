import type { GPTConfig } from '../../gpt-config.js';
import { parameterShapes } from '../../parameters.js';
import type { FileTensor, Layout } from './layout.js';
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
import { LINEAR_WEIGHT } from './nanogpt.js';
import { transposed } from './own-tensors.js';

/** A layer's tensors in the order of the file: each kind is stacked over all layers. */
const STACKS = ['ln_1', 'attn.c_attn', 'attn.c_proj', 'ln_2', 'mlp.c_fc', 'mlp.c_proj'];

/**
 * llm.c's model file: no names, only an order. Matrices are out×in, the vocabulary is filled up to a multiple of 128.
 *
 * @see karpathy/llm.c `train_gpt2.py`, `write_tensors`.
 */
export const llmCLayout: Layout = {
  name: 'llm.c',
  tensors: (config) => llmCTensors(config, paddedVocab(config)),
  prefixes: [],
  buffers: [],
  limits: (config) => [
    preNorm(config),
    tiedHead(config),
    allDense(config),
    headsFillWidth(config),
    mlpIsFourfold(config),
    scaledScores(config),
    activationIs(config, 'gelu'),
    epsIsDefault(config),
  ],
};

/** The next multiple of 128. */
export function paddedVocab({ nVocab }: GPTConfig): number {
  return Math.ceil(nVocab / 128) * 128;
}

/** The tensors of a file whose token table has `padded` rows. */
export function llmCTensors(config: GPTConfig, padded: number): FileTensor[] {
  const shapes = parameterShapes(config);
  const tensor = (name: string): FileTensor => {
    const own = { name, shape: shapes.get(name)!, parameter: name };
    return LINEAR_WEIGHT.test(name) ? transposed(own) : own;
  };
  const padding = padded - config.nVocab;
  const wte = { ...tensor('wte.weight'), shape: [padded, config.nEmbd], padding };
  const layers = Array.from({ length: config.nLayer }, (_, i) => i);
  const stacked = STACKS.flatMap((part) =>
    ['weight', 'bias'].flatMap((kind) => layers.map((i) => tensor(`h.${i}.${part}.${kind}`))),
  );
  return [wte, tensor('wpe.weight'), ...stacked, tensor('ln_f.weight'), tensor('ln_f.bias')];
}
