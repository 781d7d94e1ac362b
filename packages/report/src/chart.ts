import type { Axis, ChartData, LineData } from './page-data.js';
import type { StepSeries } from './run.js';
import { firstAfter } from './step-columns.js';

/** A line with an x axis of its own; NaN is a gap. */
export interface Line {
  label: string;
  look: LineData['look'];
  steps: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** A chart and its x axis. */
export type DrawnChart = ChartData & { axis: Axis };

/** Several lines on one x axis, which has every step that one of them has. `undefined` when none has a number. */
export function chart(
  about: Pick<ChartData, 'title' | 'best'> & Partial<ChartData>,
  lines: Line[],
  series: StepSeries,
): DrawnChart | undefined {
  const canShow = (value: number) => Number.isFinite(value) && !(about.log && value <= 0);
  const drawn = lines.filter(({ values }) => Array.from(values).some(canShow));
  if (drawn.length === 0) return undefined;
  const steps = [...new Set(drawn.flatMap((line) => Array.from(line.steps)))].sort((a, b) => a - b);
  const at = new Map(steps.map((step, i) => [step, i]));
  return {
    unit: 'plain',
    log: false,
    ...about,
    axis: { steps, tokens: steps.map((step) => tokensBy(step, series)) },
    lines: drawn.map(({ label, look, steps: own, values }) => {
      const aligned = new Array<number | null>(steps.length).fill(null);
      for (let i = 0; i < own.length; i++) {
        if (canShow(values[i])) aligned[at.get(own[i])!] = short(values[i]);
      }
      return { label, look, values: aligned };
    }),
  };
}

/** Tokens learned from in the first `step` updates. */
function tokensBy(step: number, series: StepSeries): number | null {
  const row = firstAfter(series.step, step) - 1;
  if (row < 0) return step === 0 ? 0 : null;
  return short(series.tokensSeen[row], 9);
}

/** As many digits as a screen shows; `null` for what is no number. */
export function short(value: number, digits = 5): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : null;
}
