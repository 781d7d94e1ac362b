/** Tasks and results as text. */
import type { EvaluationResult, Figure, Published, Task } from '@gpt-ts/tasks/evaluation';

/** A line a task. */
export function taskLines(tasks: readonly Task[]): string[] {
  const rows = tasks.map(({ name, title, paper, inContext }) => [
    name,
    inContext === undefined ? '' : inContext.k === undefined ? 'K' : `K = ${inContext.k}`,
    paper,
    title,
  ]);
  const widths = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** What was found, and what papers found. */
export function resultLines(result: EvaluationResult): string[] {
  const { task, version, items, shots, seed, stride, truncated, metrics, published } = result;
  const shown = shots.asked === 0 ? '' : ` (${shots.mean.toFixed(1)} shown, at least ${shots.least})`;
  const window = stride === undefined ? '' : `, stride ${stride}`;
  const width = Math.max(...Object.keys(metrics).map((name) => name.length));
  return [
    `${task} (version ${version}), ${items} items, K = ${shots.asked}${shown}, seed ${seed}${window}`,
    ...(truncated > 0
      ? [`${truncated} items are longer than the context: the model saw their end alone`]
      : []),
    ...Object.entries(metrics).map(([name, figure]) => `  ${name.padEnd(width)}  ${figureText(figure)}`),
    ...published.flatMap((each) => publishedLines(each)),
  ];
}

function figureText({ value, low, high, unit }: Figure): string {
  const text = (x: number) => (unit === 'share' ? (100 * x).toFixed(1) : x.toPrecision(4));
  return `${text(value)}${unit === 'share' ? ' %' : ''}  (95 %: ${text(low)} to ${text(high)})`;
}

function publishedLines({ source, setting, metric, values }: Published): string[] {
  const figures = Object.entries(values).map(([model, value]) => `${model} ${value}`);
  return [`  ${source}, ${setting}, ${metric}: ${figures.join(', ')}`];
}
