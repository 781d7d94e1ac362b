/**
 * Texts that a model reads side by side while they grow, each in its own window, with keys and values kept where they
 * still hold.
 *
 * A text longer than the context is seen through its last ids, numbered from position 0. Once a window has moved, every
 * position in it has changed, so what was kept of that row is void: it is read anew, apart from the rows that still fit.
 */
import { assertTokens, InvalidArgumentError } from '@gpt-ts/core';
import type { GPT } from '../gpt.js';
import { KVCache } from '../kv-cache.js';
import { MIN_SAVED, sharedLength } from './prefix-tree.js';
import { readRows } from './read-rows.js';

/** How {@link TextRows} read. */
export interface ReadingOptions {
  /** Keep keys and values, so that a token costs one position's work and not the whole window's. Default true. */
  cache?: boolean;
  /**
   * By how many ids the window moves when a text has outgrown `nCtx`. Default 1: the model always sees the last `nCtx` ids,
   * and every token costs a pass over all of them, because positions change and nothing can be kept. With s, it sees from
   * `nCtx - s + 1` to `nCtx` ids, and s - 1 of s tokens cost one position's work. `nCtx / 2` is a good compromise for
   * long texts; the text is another one then.
   */
  slideBy?: number;
  /** Bytes that the backend may hold in all. Default: 4 GiB, the most that a WebAssembly memory can have. */
  memoryLimitBytes?: number;
}

interface Row {
  /** What the model sees. */
  readonly window: number[];
  /** Whether it has outgrown the context. */
  readonly slid: boolean;
  /** Its row in the cache; none when the cache does not hold the window but for its last id. */
  slot: number | undefined;
}

/** Growing texts. Dispose them to free what was kept. */
export class TextRows implements Disposable {
  readonly #model: GPT;
  readonly #slideBy: number;
  readonly #fitting: RowCache | undefined;
  readonly #sliding: RowCache | undefined;
  #rows: Row[];

  /**
   * @param texts - One or more ids each, of any lengths.
   * @param room - How many ids the longest will have in the end; the cache is that large, `nCtx` at most.
   * @throws InvalidArgumentError for a text of no ids, or a `slideBy` that is no integer from 1 to `nCtx`.
   * @throws TokenRangeError for an id outside the vocabulary, also where the window does not reach.
   */
  constructor(model: GPT, texts: readonly ArrayLike<number>[], room: number, options: ReadingOptions = {}) {
    const { nCtx } = model.config;
    const { cache = true, slideBy = 1 } = options;
    if (!Number.isInteger(slideBy) || slideBy < 1 || slideBy > nCtx) {
      const expected = `an integer from 1 to nCtx (${nCtx})`;
      throw new InvalidArgumentError({ argument: 'slideBy', expected, received: slideBy });
    }
    assertTexts(model, texts, 'prompt');
    this.#model = model;
    this.#slideBy = slideBy;
    this.#rows = texts.map((text) => ({
      window: Array.from(text).slice(-nCtx),
      slid: false,
      slot: undefined,
    }));
    if (cache) this.#fitting = new RowCache(model, Math.min(nCtx, room));
    if (cache && slideBy > 1) this.#sliding = new RowCache(model, nCtx);
  }

  /** What the model sees of each text. */
  get windows(): readonly (readonly number[])[] {
    return this.#rows.map(({ window }) => window);
  }

  /** For each text, the logits `[V]` of what comes next. */
  async next(): Promise<Float32Array[]> {
    const fitting = this.#rows.filter(({ slid }) => !slid);
    const sliding = this.#rows.filter(({ slid }) => slid);
    const logits = new Map([
      ...(await this.#read(fitting, this.#fitting)),
      ...(await this.#read(sliding, this.#sliding)),
    ]);
    return this.#rows.map((row) => logits.get(row)!);
  }

  /** Text r becomes what text `from[r]` was, followed by `ids[r]`. There may be more texts than before, or fewer. */
  advance(from: readonly number[], ids: readonly number[]): void {
    const { nCtx } = this.#model.config;
    this.#rows = from.map((r, i) => {
      const { window, slid, slot } = this.#rows[r];
      const grown = [...window, ids[i]];
      if (grown.length <= nCtx) return { window: grown, slid, slot };
      return { window: grown.slice(this.#slideBy), slid: true, slot: undefined };
    });
  }

  async #read(rows: readonly Row[], cache: RowCache | undefined): Promise<[Row, Float32Array][]> {
    if (rows.length === 0) {
      cache?.[Symbol.dispose]();
      return [];
    }
    const tensor = cache ? cache.read(rows) : this.#model.nextLogits(rows.map(({ window }) => window)); // [rows, V]
    try {
      const all = (await tensor.data()) as Float32Array;
      const width = all.length / rows.length;
      return rows.map((row, r) => [row, all.subarray(r * width, (r + 1) * width)]);
    } finally {
      tensor.dispose();
    }
  }

  [Symbol.dispose](): void {
    this.#fitting?.[Symbol.dispose]();
    this.#sliding?.[Symbol.dispose]();
  }
}

/**
 * Checks texts that a model is to read.
 *
 * @param argument - What one is called in errors.
 * @throws InvalidArgumentError for one of no ids, TokenRangeError for an id outside the vocabulary.
 */
export function assertTexts({ config }: GPT, texts: readonly ArrayLike<number>[], argument: string): void {
  for (const text of texts) {
    if (text.length === 0)
      throw new InvalidArgumentError({ argument, expected: 'one or more ids', received: text });
    assertTokens(text, config.nVocab);
  }
}

/** A {@link KVCache} that is made when there is something to keep. */
class RowCache implements Disposable {
  readonly #model: GPT;
  readonly #positions: number;
  #cache: KVCache | undefined;

  constructor(model: GPT, positions: number) {
    this.#model = model;
    this.#positions = positions;
  }

  /** Logits after each row; afterwards row r is in slot r. One row that is not held, and all are read anew. */
  read(rows: readonly Row[]): ReturnType<GPT['nextLogits']> {
    const slots = rows.map(({ slot }) => slot);
    const held = this.#cache !== undefined && slots.every((slot) => slot !== undefined);
    if (held) this.#cache!.select(slots as number[]);
    else {
      this[Symbol.dispose]();
      this.#cache = this.#begin(rows);
    }
    const { lengths } = this.#cache!;
    const unread = rows.map(({ window }, r) => window.slice(held ? -1 : lengths[r]));
    const logits = this.#model.nextLogits(unread, this.#cache);
    for (const [r, row] of rows.entries()) row.slot = r;
    return logits;
  }

  /** A cache that holds what all windows begin with, read once, where that is worth it; else nothing yet. */
  #begin(rows: readonly Row[]): KVCache {
    const [{ window }, ...others] = rows;
    const shared = others.reduce(
      (most, other) => Math.min(most, sharedLength(window, other.window)),
      window.length,
    );
    const length = Math.min(shared, ...rows.map((row) => row.window.length - 1));
    const worthIt = length * others.length >= MIN_SAVED;
    const size = { rows: worthIt ? 1 : rows.length, positions: this.#positions };
    const cache = new KVCache(this.#model.config, size);
    if (!worthIt) return cache;
    try {
      readRows(this.#model, [Int32Array.from(window.slice(0, length))], cache).x.dispose();
      cache.select(rows.map(() => 0));
      return cache;
    } catch (error) {
      cache[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#cache?.[Symbol.dispose]();
    this.#cache = undefined;
  }
}
