import uPlot from 'uplot';
import type { ChartData, LineData, PageData } from '../src/page-data.js';
import { drawMarks } from './marks.js';
import { compact, whole, writer } from './values.js';

const HEIGHT = 260;
const X_AXIS_HEIGHT = 50;
const NEAREST = { skip: [null, undefined], prox: 40 }; // px: the legend shows the nearest number of each line

/**
 * Draws a chart at the end of `target`, as wide as there is room; all charts share cursor and zoom.
 *
 * @returns Takes it away.
 */
export function drawChart(
  chart: PageData['charts'][number],
  data: PageData,
  target: HTMLElement,
): () => void {
  const axis = data.axes[chart.axis];
  const figure = target.appendChild(document.createElement('figure'));
  const caption = figure.appendChild(document.createElement('figcaption'));
  caption.textContent = chart.title;
  const color = (name: string) => getComputedStyle(figure).getPropertyValue(`--${name}`).trim();
  const grid = { stroke: color('grid'), width: 1 };
  const value = writer(chart.unit);
  const tokensAt = (step: number) => axis.tokens[lastUpTo(axis.steps, step)];
  const plot = new uPlot(
    {
      width: figure.clientWidth,
      height: HEIGHT,
      padding: [12, 32, 0, 4],
      cursor: {
        sync: { key: 'step' },
        y: false,
        drag: { x: true, y: false },
        points: { size: 6 },
        hover: NEAREST,
      },
      scales: {
        x: { time: false },
        y: chart.log ? { distr: 3 } : { range: (_, low, high) => rangeOf(low, high, chart.unit) },
      },
      axes: [
        {
          stroke: color('soft'),
          grid,
          ticks: grid,
          size: X_AXIS_HEIGHT,
          space: 70,
          incrs: WHOLE,
          values: (_, splits) => splits.map((step) => `${compact(step)}\n${tokensLabel(tokensAt(step))}`),
        },
        {
          stroke: color('soft'),
          grid,
          ticks: grid,
          size: 68,
          ...(chart.unit === 'bytes' && { incrs: POWERS_OF_TWO }),
          values: (_, splits) => splits.map((each) => (each === null ? '' : value(each))),
        },
      ],
      series: [
        {
          label: 'Step',
          value: (_, step) =>
            step === null ? '–' : `${whole(step)} · ${tokensLabel(tokensAt(step)) || '–'}`,
        },
        ...chart.lines.map((line) => seriesOf(line, chart, color, value)),
      ],
      hooks: { draw: [(self) => drawMarks(self, chart, data, color)] },
    },
    [axis.steps, ...chart.lines.map(({ values }) => values)],
    figure,
  );
  const resize = new ResizeObserver(() => plot.setSize({ width: figure.clientWidth, height: HEIGHT }));
  resize.observe(figure);
  return () => {
    resize.disconnect();
    plot.destroy();
  };
}

function seriesOf(
  { label, look }: LineData,
  { lines }: ChartData,
  color: (name: string) => string,
  value: (each: number) => string,
): uPlot.Series {
  const second = look === 'dots' && lines.length > 1;
  return {
    label,
    stroke: color(look === 'faint' ? 'faint' : second ? 'second' : 'first'),
    width: look === 'faint' ? 1 : 2,
    spanGaps: true,
    points: { show: look === 'dots', size: 5, fill: color(second ? 'second' : 'first') },
    value: (_, each) => (each === null ? '–' : value(each)),
  };
}

/** Some room above and below, also when all values are one; bytes begin at 0. */
function rangeOf(low: number | null, high: number | null, unit: ChartData['unit']): [number, number] {
  if (low === null || high === null) return [0, 1];
  const room = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const bottom = low >= 0 ? Math.max(0, low - room) : low - room;
  return [unit === 'bytes' ? 0 : bottom, high + room];
}

/** Distances of ticks: 1, 2, 5, 10, … */
const WHOLE = Array.from({ length: 13 }, (_, power) => [1, 2, 5].map((each) => each * 10 ** power)).flat();

const POWERS_OF_TWO = Array.from({ length: 48 }, (_, power) => 2 ** power);

function tokensLabel(tokens: number | null | undefined): string {
  return typeof tokens === 'number' ? `${compact(tokens)} tok` : '';
}

/** Index of the last step up to this one; -1 before the first. */
function lastUpTo(steps: number[], step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (steps[middle] > step) high = middle;
    else low = middle + 1;
  }
  return low - 1;
}
