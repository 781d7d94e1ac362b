import type { StepEnd } from '@gpt-ts/trainer';
import { COLUMNS, type ColumnName, type StepSeries } from './run.js';

/** Updates as they come in, a column for each number, which grow by doubling. */
export class StepColumns {
  length = 0;
  #capacity = 1024;
  readonly #columns = new Map<ColumnName, Float64Array>();
  readonly #parts = new Map<string, Float64Array>();

  /** Step of the last row, -1 when there is none. */
  get last(): number {
    return this.length === 0 ? -1 : this.#columns.get('step')![this.length - 1];
  }

  /** Adds a row; its step must be after the last. */
  push(event: StepEnd): void {
    if (this.length === this.#capacity) this.#grow();
    for (const name of COLUMNS) this.#set(this.#columns, name, event[name]);
    for (const name in event.parts) this.#set(this.#parts, name, event.parts[name]);
    this.length++;
  }

  /** Forgets the rows after a step. */
  rewind(step: number): void {
    const end = firstAfter(this.#columns.get('step')?.subarray(0, this.length) ?? [], step);
    for (const columns of [this.#columns, this.#parts]) {
      for (const column of columns.values()) column.fill(Number.NaN, end, this.length);
    }
    this.length = end;
  }

  /** The columns, with what older logs leave out worked out from what they say. */
  series(): StepSeries {
    const { length } = this;
    const column = (name: ColumnName) => this.#columns.get(name)?.subarray(0, length) ?? blank(length);
    const all = Object.fromEntries(COLUMNS.map((name) => [name, column(name)]));
    const series = all as Record<ColumnName, Float64Array>;
    let seen = 0;
    for (let i = 0; i < length; i++) {
      seen += series.tokens[i];
      if (Number.isNaN(series.tokensSeen[i])) series.tokensSeen[i] = seen;
      else seen = series.tokensSeen[i];
      if (Number.isNaN(series.tokensPerSecond[i]) && series.elapsedMs[i] > 0) {
        series.tokensPerSecond[i] = (series.tokens[i] / series.elapsedMs[i]) * 1000;
      }
    }
    const parts = [...this.#parts].map(([name, values]) => [name, values.subarray(0, length)] as const);
    return { ...series, length, parts: new Map(parts) };
  }

  /** A column is made when there is a first number for it. */
  #set<Name extends string>(columns: Map<Name, Float64Array>, name: Name, value: number | undefined): void {
    if (value === undefined || value === null) return;
    let column = columns.get(name);
    if (column === undefined) columns.set(name, (column = blank(this.#capacity)));
    column[this.length] = value;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const columns of [this.#columns, this.#parts] as Map<string, Float64Array>[]) {
      for (const [name, column] of columns) {
        const longer = blank(this.#capacity);
        longer.set(column);
        columns.set(name, longer);
      }
    }
  }
}

const blank = (length: number) => new Float64Array(length).fill(Number.NaN);

/** Index of the first value above `limit` in a rising list; its length when there is none. */
export function firstAfter(rising: ArrayLike<number>, limit: number): number {
  let low = 0;
  for (let high = rising.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if (rising[middle] > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
