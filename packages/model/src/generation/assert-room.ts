/** Refuses more texts side by side than there is memory for, before any of it is taken. */
import { memory } from '@gpt-ts/kernels';
import { kvCacheBytes } from '../cost.js';
import { TooManyTextsError } from '../errors/too-many-texts-error.js';
import type { GPT } from '../gpt.js';
import type { ReadingOptions } from './text-rows.js';

/** What a text takes in JavaScript besides, rounded up: 1.5 kB for its draws and words, some 70 bytes for each token (measured). */
const BOOKKEEPING_BYTES = 8192;

/**
 * What a text takes while it is written, and how much there is for all.
 *
 * Counted is what texts hold for sure: keys and values, of which one layer stands there twice while texts are copied or end,
 * and the scores of the next token. What reading long prompts takes for a moment comes on top.
 *
 * @param room - How many ids it will have in the end.
 */
export function roomFor(
  { config }: GPT,
  room: number,
  { cache = true, memoryLimitBytes = 2 ** 32 }: ReadingOptions,
): { positions: number; bytesPerText: number; availableBytes: number } {
  const { nCtx, nLayer, nVocab } = config;
  const positions = Math.min(nCtx, room);
  const kept = cache ? (kvCacheBytes(config, positions) * (nLayer + 1)) / nLayer : 0;
  return {
    positions,
    bytesPerText: kept + 4 * nVocab + BOOKKEEPING_BYTES,
    availableBytes: Math.max(0, memoryLimitBytes - memory().numBytes),
  };
}

/**
 * Throws unless so many texts can be written side by side.
 *
 * @param room - How many ids the longest will have in the end.
 */
export function assertRoom(model: GPT, texts: number, room: number, options: ReadingOptions): void {
  const needed = roomFor(model, room, options);
  if (texts * needed.bytesPerText > needed.availableBytes) throw new TooManyTextsError({ texts, ...needed });
}
