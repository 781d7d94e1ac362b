import type uPlot from 'uplot';
import type { ChartData, PageData } from '../src/page-data.js';

/** Marks the axis: a line at each warning, a triangle at each checkpoint; and rings the best point. */
export function drawMarks(
  plot: uPlot,
  { best }: ChartData,
  { warnings, checkpoints }: PageData,
  color: (name: string) => string,
): void {
  const { ctx, bbox } = plot;
  const pixel = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  const columns = (steps: number[]) =>
    steps
      .map((step) => plot.valToPos(step, 'x', true))
      .filter((x) => x >= bbox.left && x <= bbox.left + bbox.width);
  ctx.save();
  ctx.lineWidth = pixel;
  ctx.strokeStyle = color('warning');
  ctx.setLineDash([3 * pixel, 3 * pixel]);
  ctx.beginPath();
  for (const x of columns(warnings)) {
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bottom);
  }
  ctx.stroke();
  ctx.fillStyle = color('soft');
  ctx.beginPath();
  for (const x of columns(checkpoints)) {
    ctx.moveTo(x, bottom - 6 * pixel);
    ctx.lineTo(x - 4 * pixel, bottom);
    ctx.lineTo(x + 4 * pixel, bottom);
  }
  ctx.fill();
  if (best !== undefined && columns([best.step]).length > 0) {
    ctx.setLineDash([]);
    ctx.lineWidth = 2 * pixel;
    ctx.strokeStyle = color('text');
    ctx.beginPath();
    ctx.arc(
      plot.valToPos(best.step, 'x', true),
      plot.valToPos(best.value, 'y', true),
      6 * pixel,
      0,
      2 * Math.PI,
    );
    ctx.stroke();
  }
  ctx.restore();
}
