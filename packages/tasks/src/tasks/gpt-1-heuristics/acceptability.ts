/** Figures over scores that want a threshold: outcomes with `score`, `label` (1 is acceptable) and `half` (0 or 1). */
import type { Metric, Outcome } from '../../evaluation/task.js';
import { bestThreshold } from '../../metrics/best-threshold.js';
import { confusion } from '../../metrics/confusion.js';
import { matthews } from '../../metrics/matthews.js';
import { rocAuc } from '../../metrics/roc-auc.js';

const column = (outcomes: readonly Outcome[], name: string) => outcomes.map((each) => Number(each[name]));

/**
 * Matthews correlation of all items, each half with the threshold that is best for the other, so that no item has a say in its own
 * threshold. Without another half all items are taken for acceptable.
 */
export const crossMatthews: Metric = {
  unit: 'score',
  of(outcomes) {
    const halves = [0, 1].map((half) => outcomes.filter((outcome) => outcome.half === half));
    const judged = halves.map((half, i) => {
      const others = halves[1 - i];
      const threshold =
        others.length === 0
          ? Number.NEGATIVE_INFINITY
          : bestThreshold(column(others, 'score'), column(others, 'label'));
      return column(half, 'score').map((score) => Number(score > threshold));
    });
    return matthews(
      confusion(
        judged.flat(),
        halves.flatMap((half) => column(half, 'label')),
        2,
      ),
    );
  },
};

/** Of which no threshold is asked. */
export const areaMetric: Metric = {
  unit: 'share',
  of: (outcomes) => rocAuc(column(outcomes, 'score'), column(outcomes, 'label')),
};
