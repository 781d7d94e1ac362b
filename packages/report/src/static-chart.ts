import type { DrawnChart } from './chart.js';
import { escapeHtml } from './html.js';

const [WIDTH, HEIGHT] = [800, 280];
const MARGIN = { left: 56, right: 12, top: 12, bottom: 28 };

/** A chart as SVG, for a page whose script does not run. Its colours are the page's. */
export function staticChart({ title, axis: { steps }, lines }: DrawnChart): string {
  const values = lines.flatMap((line) => line.values).filter((value) => value !== null);
  const [lowest, highest] = extent(values);
  const [start, end] = extent(steps);
  const x = scale(start, end, MARGIN.left, WIDTH - MARGIN.right);
  const y = scale(lowest, highest, HEIGHT - MARGIN.bottom, MARGIN.top);
  const paths = lines.map(({ look, values: each }) => {
    const points = each.flatMap((value, i) => (value === null ? [] : [`${x(steps[i])} ${y(value)}`]));
    return `<path class="${look}" d="M${points.join('L')}"/>`;
  });
  const label = (text: number, left: number, top: number, anchor: string) =>
    `<text x="${left}" y="${top}" text-anchor="${anchor}">${Number(text.toPrecision(4))}</text>`;
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">`,
    ...paths,
    label(highest, MARGIN.left - 8, MARGIN.top + 8, 'end'),
    label(lowest, MARGIN.left - 8, HEIGHT - MARGIN.bottom, 'end'),
    label(start, MARGIN.left, HEIGHT - 8, 'start'),
    label(end, WIDTH - MARGIN.right, HEIGHT - 8, 'end'),
    '</svg>',
  ].join('');
}

function extent(values: number[]): [number, number] {
  return values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

/** From `[low, high]` to `[from, to]`, to a tenth of a pixel. */
function scale(low: number, high: number, from: number, to: number): (value: number) => number {
  const factor = (to - from) / (high - low || 1);
  return (value) => Math.round((from + (value - low) * factor) * 10) / 10;
}
