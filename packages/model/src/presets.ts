/** Models by name. Those without a vocabulary take it from the tokenizer they are trained with. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { GPTConfigInput } from './gpt-config.js';

/** A named model. */
export interface Preset {
  /** What it is. */
  about: string;
  /** Where its sizes come from. */
  source: string;
  /** How many numbers it learns, where the vocabulary is given. */
  parameters?: number;
  config: Omit<GPTConfigInput, 'nVocab'> & { nVocab?: number };
}

/** Name of a preset. */
export type PresetName =
  | ('nano' | 'stories' | 'shakespeare-char' | 'gpt1')
  | ('gpt2' | 'gpt2-medium' | 'gpt2-large' | 'gpt2-xl')
  | ('gpt3-small' | 'gpt3-medium' | 'gpt3-large' | 'gpt3-xl')
  | ('gpt3-2.7b' | 'gpt3-6.7b' | 'gpt3-13b' | 'gpt3-175b');

/** GPT-2's vocabulary of bytes and merges, which GPT-3 shares. */
const BYTE_BPE = 50_257;

/** All presets: our own, then the papers'. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  nano: {
    about: 'a toy for tests and first steps: trains in seconds, says little',
    source: 'chosen here',
    config: { nLayer: 2, nHead: 2, nEmbd: 48, nCtx: 32 },
  },
  // 0.02 suits a width of 768. In one of 96 it leaves attention's scores near 0 and words of one kind, such as names, hard
  // to tell apart. 0.12 was the best of those tried.
  stories: {
    about: 'the quickstart: 435,840 parameters with 2048 tokens, enough for short stories',
    source: 'chosen here by trying',
    config: { nLayer: 2, nHead: 4, nEmbd: 96, nCtx: 160, initStd: 0.12 },
  },
  'shakespeare-char': {
    about: "nanoGPT's character-level model for CPUs",
    source: 'nanoGPT, README, "quick start"',
    config: { nLayer: 4, nHead: 4, nEmbd: 128, nCtx: 64 },
  },
  gpt1: {
    about: 'GPT-1: norms after each half of a block, dropout 0.1',
    source: 'GPT-1 section 4.1; openai/finetune-transformer-lm train.py',
    parameters: 116_534_784,
    config: {
      ...{ nLayer: 12, nHead: 12, nEmbd: 768, nCtx: 512, nVocab: 40_478, norm: 'post' },
      ...{ embdPdrop: 0.1, attnPdrop: 0.1, residPdrop: 0.1 },
    },
  },
  gpt2: gpt2('the smallest GPT-2, 117M in the paper', 1, { nLayer: 12, nEmbd: 768, nHead: 12 }, 124_439_808),
  'gpt2-medium': gpt2('GPT-2, 345M in the paper', 2, { nLayer: 24, nEmbd: 1024, nHead: 16 }, 354_823_168),
  'gpt2-large': gpt2('GPT-2, 762M in the paper', 3, { nLayer: 36, nEmbd: 1280, nHead: 20 }, 774_030_080),
  'gpt2-xl': gpt2('GPT-2, 1542M in the paper', 4, { nLayer: 48, nEmbd: 1600, nHead: 25 }, 1_557_611_200),
  'gpt3-small': gpt3('Small', { nLayer: 12, nEmbd: 768, nHead: 12, dHead: 64 }, 125_226_240),
  'gpt3-medium': gpt3('Medium', { nLayer: 24, nEmbd: 1024, nHead: 16, dHead: 64 }, 355_871_744),
  'gpt3-large': gpt3('Large', { nLayer: 24, nEmbd: 1536, nHead: 16, dHead: 96 }, 760_300_032),
  // The table says 24 heads of 128 in a width of 2048; table D.1's count is that of 16.
  'gpt3-xl': gpt3('XL', { nLayer: 24, nEmbd: 2048, nHead: 16, dHead: 128 }, 1_315_723_264),
  'gpt3-2.7b': gpt3('2.7B', { nLayer: 32, nEmbd: 2560, nHead: 32, dHead: 80 }, 2_651_553_280),
  'gpt3-6.7b': gpt3('6.7B', { nLayer: 32, nEmbd: 4096, nHead: 32, dHead: 128 }, 6_658_404_352),
  // The table says a width of 5140; 40 heads of 128 make 5120, and so does table D.1's count.
  'gpt3-13b': gpt3('13B', { nLayer: 40, nEmbd: 5120, nHead: 40, dHead: 128 }, 12_853_386_240),
  'gpt3-175b': gpt3('175B', { nLayer: 96, nEmbd: 12_288, nHead: 96, dHead: 128 }, 174_604_259_328),
};

type Sizes = Pick<GPTConfigInput, 'nLayer' | 'nHead' | 'nEmbd' | 'dHead'>;

function gpt2(about: string, row: number, sizes: Sizes, parameters: number): Preset {
  const source = `GPT-2 table 2, row ${row}; heads from nanoGPT model.py`;
  return { about, source, parameters, config: { ...sizes, nCtx: 1024, nVocab: BYTE_BPE } };
}

/**
 * Even blocks are dense, odd ones see the last 256 positions: the paper says that they alternate, and neither which comes
 * first nor how wide the band is. Both are chosen here.
 */
function gpt3(name: string, sizes: Sizes, parameters: number): Preset {
  return {
    about: `GPT-3 ${name}: dense and banded attention in turn`,
    source: 'GPT-3 table 2.1 and section 2.1; band of 256 chosen here',
    parameters,
    config: {
      ...{ ...sizes, nCtx: 2048, nVocab: BYTE_BPE },
      attention: [{ kind: 'dense' }, { kind: 'banded', window: 256 }],
    },
  };
}

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
