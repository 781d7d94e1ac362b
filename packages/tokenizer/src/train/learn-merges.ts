/**
 * The loop of BPE: again and again, the most frequent pair of neighbouring tokens becomes a new token.
 *
 * Sennrich et al. 2016 section 3.2, algorithm 1.
 */
import type { Merge } from '../bpe/merge-ranks.js';
import type { MergeProgress } from './options.js';
import type { PairCounts } from './pair-counts.js';

/**
 * Learns up to `maxMerges` merges; ends earlier when no pair is frequent enough.
 *
 * @param tokens - Spelling of each id; the new ones are added. A pair whose spelling is there already stays two.
 * @param reserved - Spellings that no merge may make, either.
 */
export async function learnMerges(
  pairs: PairCounts,
  tokens: string[],
  options: {
    maxMerges: number;
    reserved?: readonly string[];
    onProgress: ((progress: MergeProgress) => void) | undefined;
    pause: () => Promise<void> | undefined;
  },
): Promise<Merge[]> {
  const { maxMerges, reserved = [], onProgress, pause } = options;
  const taken = new Set([...tokens, ...reserved]);
  const merges: Merge[] = [];
  while (merges.length < maxMerges) {
    const pair = pairs.takeBest();
    if (pair === undefined) break;
    const merge: Merge = [tokens[pair.left], tokens[pair.right]];
    const token = merge.join('');
    if (taken.has(token)) continue;
    taken.add(token);
    pairs.merge(pair, tokens.push(token) - 1);
    merges.push(merge);
    onProgress?.({ type: 'merge', merges: merges.length, maxMerges, merge, count: pair.count });
    await pause();
  }
  return merges;
}
