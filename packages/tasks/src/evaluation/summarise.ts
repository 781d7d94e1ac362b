/** Figures of a whole evaluation, each with the interval that the choice of items leaves open. */
import { bootstrapInterval } from '../metrics/bootstrap.js';
import type { Metric, Outcome, Published, Task } from './task.js';

/** What summing up needs of an item. */
export interface Judged {
  outcome: Outcome;
  /** Examples shown. */
  shots: number;
  truncated: boolean;
}

/** A figure and the 95 % interval of its bootstrap over items. */
export interface Figure {
  value: number;
  low: number;
  high: number;
  unit: Metric['unit'];
}

/** What an evaluation found. JSON. */
export interface EvaluationResult {
  task: string;
  version: number;
  items: number;
  /** K as asked for, and the examples that items were really shown. */
  shots: { asked: number; least: number; mean: number };
  seed: number;
  /** New tokens per window of a text; left out: `nCtx`. */
  stride?: number;
  /** Items of which the model saw the end alone. */
  truncated: number;
  /** By name, the one that papers quote first. */
  metrics: Record<string, Figure>;
  /** What papers found. */
  published: readonly Published[];
}

/** Sums up. */
export function summarise(
  task: Pick<Task, 'name' | 'version' | 'metrics' | 'published'>,
  items: readonly Judged[],
  { shots, seed, stride }: { shots: number; seed: number; stride?: number },
): EvaluationResult {
  const outcomes = items.map(({ outcome }) => outcome);
  const shown = items.map((item) => item.shots);
  const figures = Object.entries(task.metrics).flatMap(([name, { unit, of, counted }]) => {
    const some = counted?.(outcomes) ?? outcomes;
    if (some.length === 0) return [];
    const { low, high } = bootstrapInterval(some, of);
    return [[name, { value: of(some), low, high, unit }] as const];
  });
  return {
    task: task.name,
    version: task.version,
    items: items.length,
    shots: {
      asked: shots,
      least: shown.reduce((a, b) => Math.min(a, b)),
      mean: shown.reduce((a, b) => a + b, 0) / items.length,
    },
    seed,
    ...(stride !== undefined && { stride }),
    truncated: items.filter(({ truncated }) => truncated).length,
    metrics: Object.fromEntries(figures),
    published: task.published,
  };
}
