/** What the page's script draws, as JSON in the page. `null` is a gap. */
export interface PageData {
  /** The x axes, each shared by all charts that have these steps. */
  axes: Axis[];
  charts: (ChartData & { axis: number })[];
  /** Steps with a checkpoint. */
  checkpoints: number[];
  /** Steps with a warning. */
  warnings: number[];
}

export interface Axis {
  /** Rising. */
  steps: number[];
  /** Tokens seen by then. */
  tokens: (number | null)[];
}

export interface ChartData {
  title: string;
  /** How values are written. */
  unit: 'plain' | 'share' | 'bytes';
  /** Draw the logarithm. */
  log: boolean;
  lines: LineData[];
  /** A point to mark. */
  best?: { step: number; value: number };
}

export interface LineData {
  label: string;
  /** What it looks like: a faint line, a line, or a line with a dot at each point. */
  look: 'faint' | 'line' | 'dots';
  values: (number | null)[];
}
