/** What the layers of a block are called, as in the published checkpoints. */
import type { Parameter } from '@gpt-ts/kernels';

/** What most layers have: a matrix or a gain, and a bias. */
export interface Layer {
  weight: Parameter;
  bias: Parameter;
}

/** The layers of one block by name. */
export interface BlockNames {
  ln_1: string;
  c_attn: string;
  c_proj: string;
  ln_2: string;
  mlp_c_fc: string;
  mlp_c_proj: string;
}

/** The names of block `i`. */
export function blockNames(i: number): BlockNames {
  return {
    ...{ ln_1: `h.${i}.ln_1`, c_attn: `h.${i}.attn.c_attn`, c_proj: `h.${i}.attn.c_proj` },
    ...{ ln_2: `h.${i}.ln_2`, mlp_c_fc: `h.${i}.mlp.c_fc`, mlp_c_proj: `h.${i}.mlp.c_proj` },
  };
}
