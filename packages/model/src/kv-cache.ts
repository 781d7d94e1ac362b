/**
 * Keys and values of what a model has read, so that the next token costs one position's work.
 *
 * 2 nLayer nHead dHead numbers a position: 72 KiB for the smallest GPT-2.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import {
  asParameter,
  dispose,
  embedding,
  emptyParameter,
  idTensor,
  type Parameter,
  reshape,
  tidy,
} from '@gpt-ts/kernels';
import type { GPTConfig } from './gpt-config.js';

/** Size of a cache. */
export interface KVCacheSize {
  /** Texts read side by side. */
  rows: number;
  /** Most positions of each, from 1 to `nCtx`. Default `nCtx`. */
  positions?: number;
  /** Room behind them for the padding of rows that are read beside longer ones; without it, layers are copied to have it. Default 0. */
  padding?: number;
}

/**
 * The memory of a model that writes. Dispose it.
 *
 * @example
 * using cache = new KVCache(model.config, { rows: 1 });
 * const first = model.nextLogits([[5, 6, 7]], cache); // reads three tokens
 * const second = model.nextLogits([[8]], cache); // reads one, and sees four
 */
export class KVCache implements Disposable {
  /** Room of each row, in positions. */
  readonly positions: number;
  /** For each block `[rows, positions + padding, 2A]`: keys, then values. */
  readonly layers: Parameter[];
  /** Positions that each row holds. */
  lengths: readonly number[];

  /**
   * @throws InvalidArgumentError when the size is out of range.
   * @throws OutOfMemoryError of the backend when it has no room; nothing is left behind.
   */
  constructor(config: GPTConfig, { rows, positions = config.nCtx, padding = 0 }: KVCacheSize) {
    const { nCtx, nLayer, nHead, dHead } = config;
    if (!Number.isInteger(positions) || positions < 1 || positions > nCtx) {
      const expected = `an integer from 1 to nCtx = ${nCtx}`;
      throw new InvalidArgumentError({ argument: 'positions', expected, received: positions });
    }
    if (!Number.isInteger(rows) || rows < 1) {
      throw new InvalidArgumentError({ argument: 'rows', expected: 'a positive integer', received: rows });
    }
    this.positions = positions;
    this.layers = [];
    try {
      while (this.layers.length < nLayer)
        this.layers.push(emptyParameter([rows, positions + padding, 2 * nHead * dHead]));
    } catch (error) {
      dispose(this.layers);
      throw error;
    }
    this.lengths = Array<number>(rows).fill(0);
  }

  /**
   * What `attend` makes of layer `i` when each row is given `count` more positions. Where rows of different lengths are
   * read together, the padding of some may reach beyond the layer: it is longer while it is attended to.
   */
  lend<T>(i: number, count: number, attend: (layer: Parameter) => T): T {
    const layer = this.layers[i];
    const end = Math.max(...this.lengths) + count;
    const [, room] = layer.shape;
    if (end <= room) return attend(layer);
    const longer = resized(layer, end);
    const out = attend(longer);
    const kept = resized(longer, room);
    longer.dispose();
    layer.assign(kept);
    kept.dispose();
    return out;
  }

  /** Each row holds so many more: the model calls it when it has read them. */
  extend(counts: readonly number[]): void {
    this.lengths = this.lengths.map((length, row) => length + counts[row]);
  }

  /** Forgets what comes after the first `length` positions of each row. Default 0: everything. */
  truncate(length = 0): void {
    this.lengths = this.lengths.map((held) => Math.min(held, length));
  }

  /** Row r becomes a copy of what row `rows[r]` was. There may be more rows than before, or fewer. */
  select(rows: readonly number[]): void {
    assertRows(rows, this.lengths.length);
    if (rows.length === this.lengths.length && rows.every((row, r) => row === r)) return;
    for (const [i, layer] of this.layers.entries()) {
      this.layers[i] = chosen(layer, rows);
      layer.dispose();
    }
    this.lengths = rows.map((row) => this.lengths[row]);
  }

  /** Another cache, whose row r is a copy of row `rows[r]` of this one. */
  fork(rows: readonly number[]): KVCache {
    assertRows(rows, this.lengths.length);
    const layers: Parameter[] = [];
    try {
      for (const layer of this.layers) layers.push(chosen(layer, rows));
    } catch (error) {
      dispose(layers);
      throw error;
    }
    const lengths = rows.map((row) => this.lengths[row]);
    const fork: KVCache = Object.create(KVCache.prototype); // the constructor would make layers only to have them replaced
    return Object.assign(fork, { positions: this.positions, layers, lengths });
  }

  [Symbol.dispose](): void {
    dispose(this.layers);
  }
}

function assertRows(rows: readonly number[], held: number): void {
  if (rows.length > 0 && rows.every((row) => Number.isInteger(row) && row >= 0 && row < held)) return;
  const expected = `one or more rows from 0 to ${held - 1}`;
  throw new InvalidArgumentError({ argument: 'rows', expected, received: rows });
}

/** Rows of `[b, t, width]`. */
function chosen(layer: Parameter, rows: readonly number[]): Parameter {
  const [b, t, width] = layer.shape;
  return tidy(() => {
    const flat = reshape(layer, [b, t * width]);
    const copies = embedding(flat, idTensor(Int32Array.from(rows), [rows.length])); // [rows, t * width]
    return asParameter(reshape(copies, [rows.length, t, width]));
  });
}

/** A copy of `[rows, t, width]` with other t: the first positions, or all and some that mean nothing. */
function resized(layer: Parameter, positions: number): Parameter {
  const [rows, t, width] = layer.shape;
  const from = Int32Array.from(
    { length: rows * positions },
    (_, i) => Math.floor(i / positions) * t + Math.min(i % positions, t - 1),
  );
  return tidy(() => {
    const chosen = embedding(reshape(layer, [rows * t, width]), idTensor(from, [from.length])); // [rows * positions, width]
    return asParameter(reshape(chosen, [rows, positions, width]));
  });
}
