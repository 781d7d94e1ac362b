/** What a benchmark says, row by row. */

/** What was measured of one case. */
export interface Measurement {
  /** Median over the rounds. */
  value: number;
  unit: string;
  /** What the ratio compares with. */
  against: string;
  /** Median over the rounds of the two figures' ratio; larger is better, whatever the unit. */
  ratio: number;
}

/** One row of a result. */
export interface BenchRow extends Measurement {
  name: string;
  shape: string;
  threads: number;
  /** Build of the kernels: `relaxed` or `plain`. */
  variant: string;
}

/** Rows as people read them. */
export function table(rows: readonly BenchRow[]): string {
  const cells = [
    ['what', 'shape', 'threads', 'simd', 'median', 'ratio', 'against'],
    ...rows.map(({ name, shape, threads, variant, value, unit, ratio, against }) => {
      return [name, shape, `${threads}`, variant, `${digits(value)} ${unit}`, digits(ratio), against];
    }),
  ];
  const widths = cells[0].map((_, i) => Math.max(...cells.map((row) => row[i].length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One row in one line, for those who wait. */
export function rowLine({ name, shape, threads, variant, value, unit, against, ratio }: BenchRow): string {
  const where = `${variant}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return `${name}  ${shape}  ${where}: ${digits(value)} ${unit}, ratio ${digits(ratio)} against ${against}`;
}

/** Three digits that count. */
function digits(value: number): string {
  return Math.abs(value) >= 100 ? `${Math.round(value)}` : `${Number(value.toPrecision(3))}`;
}
