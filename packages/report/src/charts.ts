import { chart, type DrawnChart, type Line, short } from './chart.js';
import type { ChartData, LineData } from './page-data.js';
import type { ColumnName, Run } from './run.js';
import { smooth } from './smooth.js';
import { bestEvaluation } from './summary.js';
import { extremes, type Thinning, thinning } from './thin.js';

const MOST_BUCKETS = 600; // of a line: about what a chart has pixels
const MOST_NAMES = 12; // metrics or parts: their names come from the log
const SMOOTH_SHARE = 0.01; // of the run

/** The charts of a run; what the log does not say has none. */
export function chartsOf(run: Run): DrawnChart[] {
  const { steps } = run;
  const thin = thinning(steps.length, MOST_BUCKETS);
  const drawn = thin.rows.map((row) => steps.step[row]);
  const line = (label: string, look: LineData['look'], values: Float64Array): Line => {
    return { label, look, steps: drawn, values: extremes(values, thin) };
  };
  const smoothed = (label: string, look: LineData['look'], values: Float64Array): Line => {
    const average = smooth(values, Math.max(1, steps.length * SMOOTH_SHARE));
    return { label, look, steps: drawn, values: thin.rows.map((row) => average[row]) };
  };
  const single = (title: string, name: ColumnName, about: Partial<ChartData> = {}) =>
    chart({ title, ...about }, [line(title.toLowerCase(), 'line', steps[name])], steps);
  const noisy = (title: string, name: ColumnName, about: Partial<ChartData> = {}) =>
    chart(
      { title, ...about },
      [line('each update', 'faint', steps[name]), smoothed('smoothed', 'line', steps[name])],
      steps,
    );
  const evaluated = evaluations(run);
  const best = bestEvaluation(run);
  const parts = [...steps.parts].slice(0, MOST_NAMES);
  return [
    chart(
      { title: 'Loss', best: best && { step: best.step, value: short(best.loss)! } },
      [
        line('training', 'faint', steps.loss),
        smoothed('smoothed', 'line', steps.loss),
        evaluated('validation', (each) => each.loss),
      ],
      steps,
    ),
    ...parts.map(([name, values]) =>
      chart(
        { title: `Loss: ${name}` },
        [line('each update', 'faint', values), smoothed('smoothed', 'line', values)],
        steps,
      ),
    ),
    ...metricNames(run).map((name) =>
      chart({ title: `Validation: ${name}` }, [evaluated(name, (each) => each.metrics?.[name])], steps),
    ),
    single('Learning rate', 'learningRate'),
    noisy('Gradient norm', 'gradNorm', { log: true }),
    noisy('Tokens per second', 'tokensPerSecond'),
    noisy("Share of the machine's ceiling", 'ceilingShare', { unit: 'share' }),
    single('Memory', 'memoryBytes', { unit: 'bytes' }),
  ].filter((each) => each !== undefined);
}

/** How many updates a drawn bucket stands for. */
export const updatesByBucket = (run: Run): number => thinning(run.steps.length, MOST_BUCKETS).size;

type Read = (each: Run['evaluations'][number]) => number | undefined;

/** Makes lines of what evaluations measured. */
function evaluations({ evaluations: all }: Run): (label: string, read: Read) => Line {
  const thin: Thinning = thinning(all.length, MOST_BUCKETS);
  const steps = thin.rows.map((row) => all[row].step);
  return (label, read) => {
    const values = all.map((each) => read(each) ?? Number.NaN);
    return { label, look: 'dots', steps, values: extremes(values, thin) };
  };
}

function metricNames({ evaluations: all }: Run): string[] {
  return [...new Set(all.flatMap(({ metrics }) => Object.keys(metrics ?? {})))].slice(0, MOST_NAMES);
}
