/** The sizes of a nanoGPT model whose weights come without a config. */
import { InvalidArgumentError, InvalidFileError } from '@gpt-ts/core';
import { checkedConfig, type GPTConfig } from '../gpt-config.js';
import type { FoundTensor } from './files/found-tensor.js';
import { nanogptLayout } from './layouts/nanogpt.js';
import { bareNames } from './match-tensors.js';

/**
 * Reads the sizes off the shapes.
 *
 * @param nHead - The number of heads, which no shape tells.
 * @throws InvalidFileError when the tensors are not nanoGPT's.
 * @throws InvalidArgumentError when `nHead` is not given.
 */
export function configFromTensors(
  found: ReadonlyMap<string, FoundTensor>,
  file: string,
  nHead: number | undefined,
): GPTConfig {
  const bare = bareNames(found, nanogptLayout);
  const shape = (name: string): readonly number[] => bare.get(name)?.entry.shape ?? [];
  const [nVocab, nEmbd] = shape('wte.weight');
  const [nCtx] = shape('wpe.weight');
  const [wide, narrow] = shape('h.0.attn.c_attn.weight');
  if (nVocab === undefined || nCtx === undefined || wide !== 3 * nEmbd || narrow !== nEmbd) {
    throw new InvalidFileError({
      file,
      problem: "there is no config.json beside it, and the tensors are not nanoGPT's",
      hint: 'Put the config.json of the model into the same folder.',
    });
  }
  if (nHead === undefined) {
    const expected = `given for ${file}, which has no config.json beside it`;
    throw new InvalidArgumentError({ argument: 'nHead', expected, received: nHead });
  }
  const layers = [...bare.keys()].filter((name) => name.endsWith('.attn.c_attn.weight'));
  const sizes = { nLayer: layers.length, nHead, nEmbd, nCtx, nVocab };
  return checkedConfig({ ...sizes, activation: 'gelu-exact' }, file, (field) => field);
}
