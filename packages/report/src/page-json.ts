import type { DrawnChart } from './chart.js';
import { scriptJson } from './html.js';
import type { Axis, PageData } from './page-data.js';
import type { Run } from './run.js';

const MOST_MARKS = 600; // on an axis

/** What the page's script draws, to stand in a `script` element. */
export function pageJson(charts: DrawnChart[], run: Run): string {
  const axes = new Map<string, { at: number; axis: Axis }>();
  const data: PageData = {
    charts: charts.map((chart) => {
      const key = chart.axis.steps.join();
      const { at } = axes.get(key) ?? { at: axes.size };
      axes.set(key, { at, axis: chart.axis });
      return { ...chart, axis: at };
    }),
    axes: [...axes.values()].map(({ axis }) => axis),
    checkpoints: marks(run.checkpoints),
    warnings: marks(run.warnings),
  };
  return scriptJson(data);
}

/** The steps of events, evenly thinned when there are more than can be seen. */
function marks(events: { step: number }[]): number[] {
  const steps = [...new Set(events.map(({ step }) => step))];
  const every = Math.ceil(steps.length / MOST_MARKS);
  return steps.filter((_, i) => i % every === 0);
}
