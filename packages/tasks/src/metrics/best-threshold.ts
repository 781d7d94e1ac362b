import { matthews } from './matthews.js';
import { tiedScores } from './tied-scores.js';

/**
 * The threshold above which items are best taken for class 1, by Matthews correlation: halfway between two scores, or
 * -Infinity to take all. The highest of those that are equally good.
 *
 * @throws InvalidArgumentError as {@link tiedScores} does.
 * @example
 * bestThreshold([0.1, 0.4, 0.6, 0.9], [0, 0, 1, 1]); // => 0.5
 */
export function bestThreshold(scores: readonly number[], labels: readonly number[]): number {
  const groups = tiedScores(scores, labels);
  const positives = groups.reduce((sum, group) => sum + group.positives, 0);
  const negatives = labels.length - positives;
  let best = { correlation: Number.NEGATIVE_INFINITY, threshold: Number.NEGATIVE_INFINITY };
  let [truePositives, falsePositives] = [0, 0];
  for (const [i, group] of groups.entries()) {
    truePositives += group.positives;
    falsePositives += group.negatives;
    const correlation = matthews([
      [negatives - falsePositives, falsePositives],
      [positives - truePositives, truePositives],
    ]);
    const next = groups[i + 1]?.score ?? Number.NEGATIVE_INFINITY;
    if (correlation <= best.correlation) continue;
    const between = next + (group.score - next) / 2;
    best = { correlation, threshold: Number.isNaN(between) ? Number.NEGATIVE_INFINITY : between };
  }
  return best.threshold;
}
