import type { GPTConfig } from '../../gpt-config.js';
import { parameterShapes } from '../../parameters.js';
import type { FileTensor } from './layout.js';

/** Every parameter as a tensor of its own, under its own name. */
export function ownTensors(config: GPTConfig): FileTensor[] {
  return [...parameterShapes(config)].map(([name, shape]) => ({ name, shape, parameter: name }));
}

/** The copy of the token table that files of tied models may have: it is not written. */
export function tiedCopy({ head, nVocab, nEmbd }: GPTConfig): FileTensor[] {
  if (head === 'untied') return [];
  const parameter = head === 'joint' ? 'we.weight' : 'wte.weight';
  return [{ name: 'lm_head.weight', shape: [nVocab, nEmbd], parameter, copy: true, unwritten: true }];
}

/** A matrix that is stored out×in. */
export function transposed(tensor: FileTensor): FileTensor {
  return { ...tensor, shape: tensor.shape.toReversed(), transposed: true };
}
