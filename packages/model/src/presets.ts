/** Models by name. Those without a vocabulary take it from the tokenizer they are trained with. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { GPTConfigInput } from './gpt-config.js';

/** A named model. */
export interface Preset {
  /** What it is, and where its sizes come from. */
  about: string;
  config: Omit<GPTConfigInput, 'nVocab'> & { nVocab?: number };
}

/** Name of a preset. */
export type PresetName = 'nano' | 'stories' | 'shakespeare-char' | 'gpt2';

/** All presets, smallest first. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  nano: {
    about: 'a toy for tests and first steps: trains in seconds, says little',
    config: { nLayer: 2, nHead: 2, nEmbd: 48, nCtx: 32 },
  },
  // 0.02 suits a width of 768. In one of 96 it leaves attention's scores near 0 and words of one kind, such as names, hard
  // to tell apart. 0.12 was the best of those tried.
  stories: {
    about: 'the quickstart: 435,840 parameters with 2048 tokens, enough for short stories',
    config: { nLayer: 2, nHead: 4, nEmbd: 96, nCtx: 160, initStd: 0.12 },
  },
  'shakespeare-char': {
    about: 'nanoGPT\'s character-level model for CPUs (its README, "quick start")',
    config: { nLayer: 4, nHead: 4, nEmbd: 128, nCtx: 64 },
  },
  gpt2: {
    about:
      'the smallest GPT-2 (table 2, row 1): 124,439,808 parameters; by plan, 4 GiB hold its training at --batch-size 3',
    config: { nLayer: 12, nHead: 12, nEmbd: 768, nCtx: 1024, nVocab: 50257 },
  },
};

/**
 * The preset of that name.
 *
 * @throws InvalidArgumentError listing the names there are.
 */
export function preset(name: string): Preset {
  if (!Object.hasOwn(presets, name)) {
    throw new InvalidArgumentError({
      argument: 'preset',
      expected: `one of ${Object.keys(presets).join(', ')}`,
      received: name,
    });
  }
  return presets[name as PresetName];
}
