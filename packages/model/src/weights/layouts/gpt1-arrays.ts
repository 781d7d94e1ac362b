import type { GPTConfig } from '../../gpt-config.js';
import { parameterShapes } from '../../parameters.js';
import type { FileTensor } from './layout.js';

/** A block's tensors in the order of the release. */
const BLOCK = ['attn.c_attn', 'attn.c_proj', 'ln_1', 'mlp.c_fc', 'mlp.c_proj', 'ln_2'];

/**
 * The arrays of OpenAI's GPT-1 release, in order: positions before tokens, matrices as convolutions of width 1.
 *
 * @see openai/finetune-transformer-lm `train.py`, `model/params_shapes.json`.
 */
export function gpt1Arrays(config: GPTConfig): FileTensor[] {
  const shapes = parameterShapes(config);
  const tensor = (name: string): FileTensor => ({ name, shape: shapes.get(name)!, parameter: name });
  const blocks = Array.from({ length: config.nLayer }, (_, i) =>
    BLOCK.flatMap((part) => {
      const weight = tensor(`h.${i}.${part}.weight`);
      const shape = weight.shape.length === 2 ? [1, ...weight.shape] : weight.shape;
      return [{ ...weight, shape }, tensor(`h.${i}.${part}.bias`)];
    }),
  );
  return [tensor('wpe.weight'), tensor('wte.weight'), ...blocks.flat()];
}
