/** What a benchmark and the process of one tokenizer say to each other. */
import type { TextSource } from './tokenizer-text.js';

/** What a process works on. */
export interface TokenizerJob {
  library: string;
  source: TextSource;
}

/** To the process. */
export type TokenizerRequest =
  /** Load the library. The first request. */
  | { do: 'load' }
  /** Encode the whole text once. */
  | { do: 'encode' }
  /** Write the ids of the text to a file, or compare them with those in it. */
  | { do: 'save' | 'compare'; path: string }
  /** Get ready for slices of that work, or run one. */
  | { do: 'prepare'; work: 'encode' | 'decode' }
  | { do: 'slice' };

/** Where ids differ first. */
export interface Difference {
  /** Index of the first id that is not ours. */
  at: number;
  ours: number[];
  theirs: number[];
  /** What our ids there say. */
  text: string;
}

/** From the process. */
export interface TokenizerReply {
  /** How long it took; of a slice, one run. */
  ms?: number;
  missing?: boolean;
  tokens?: number;
  difference?: Difference;
}
