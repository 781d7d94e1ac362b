/** A text with a gap, and what could stand there: Winograd schemas, WinoGrande, CBT, ReCoRD. */
import type { TaskDocument } from '../evaluation/task.js';
import type { Row } from '../reading/row.js';

/** `before`, an option and `after`, put together, are a text; spaces belong to `before` and `after`. */
export interface GapDocument extends TaskDocument {
  readonly before: string;
  readonly after: string;
  readonly options: readonly string[];
  /** Index of the right option. */
  readonly label: number;
}

/** What stands before and after the mark of a gap. */
export function aroundGap(row: Row, column: string, mark: string): { before: string; after: string } {
  const text = row.text(column);
  const [before, after, ...more] = text.split(mark, 3);
  if (after !== undefined && more.length === 0) return { before, after };
  throw row.fail(column, `a text with one ${mark}`, text);
}
