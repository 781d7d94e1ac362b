/** A recipe: everything that makes a run repeatable, with its source and what to expect of it. */
import type { PresetName } from '@gpt-ts/model';
import type { TrainSettings } from '../settings.js';

/** How documents become sequences; see `@gpt-ts/data`. */
export type DocumentForm = 'packed' | 'aligned' | 'apart' | 'padded';

/** A recipe of pre-training. */
export interface Recipe {
  /** What it is for, in a sentence. */
  about: string;
  /** Where the numbers come from, and which were chosen here. */
  source: string;
  /** The presets of `@gpt-ts/model` it trains, the first unless asked otherwise, and what each changes. */
  models: Partial<Record<PresetName, Partial<TrainSettings>>>;
  settings: TrainSettings;
  /** Its tokenizer; where text has none yet, one of so many tokens is learned. */
  tokenizer: { kind: 'char' | 'byte-bpe' | 'gpt1-bpe'; nVocab?: number };
  documents: DocumentForm;
  /** Are sequences drawn anew each time, so that some come twice before others come once? */
  replacement: boolean;
  /** What a run should look like. */
  expected: { curve: string; time: string; machine: string };
}

/** A recipe of fine-tuning. Updates follow from the number of examples. */
export interface FineTuningRecipe {
  about: string;
  source: string;
  /** Passes over the examples. */
  epochs: number;
  /** Share of the updates that warm up. */
  warmupShare: number;
  /** Weight of L1 in L3 = L2 + lmCoef L1. */
  lmCoef: number;
  /** Share of the extract state that is dropped. */
  clfPdrop: number;
  settings: Omit<TrainSettings, 'maxSteps' | 'warmupSteps' | 'evalEvery' | 'checkpointEvery'>;
  expected: Recipe['expected'];
}
