/**
 * Reads texts that begin alike, each shared beginning once.
 *
 * A pass reads one node for each row of a cache; then come the children of those nodes, turn by turn: the first child of each
 * row, the second, and so on. A turn writes behind what its row holds, and the next one over it, so that nothing is copied.
 * Where there are many turns of few rows, rows are copied so that several turns make one pass.
 */
import type { Tensor } from '@gpt-ts/kernels';
import { kvCacheBytes } from '../cost.js';
import type { GPT } from '../gpt.js';
import { KVCache } from '../kv-cache.js';
import { batchesOf } from './batches.js';
import type { PrefixNode } from './prefix-tree.js';
import { readRows } from './read-rows.js';

/** Most tokens of a pass: enough to keep every core busy, little memory. */
export const BATCH_TOKENS = 2048;
const PADDING = 64; // positions behind the longest text, for what is read beside it
const PASS = 16; // tokens that could be read in the time that a pass takes besides its tokens: every weight is fetched once
/** Times `nEmbd`: tokens that could be read in the time that one position's keys and values are copied. */
const COPY = 5;

/** What a pass has read: `hidden` is `[B * T, C]`, and row r begins with `nodes[r].begin`. */
type Pass = (nodes: readonly PrefixNode[], hidden: Tensor, t: number) => Promise<void>;

/** A node, and the row of the cache that holds what comes before it. */
interface Step {
  row: number;
  node: PrefixNode;
}

/** Reads trees. */
export class PrefixReader {
  readonly #model: GPT;
  readonly #texts: readonly Int32Array[];
  readonly #pass: Pass;

  /** @param pass - Told what has been read; each position of each text is read once or, where memory is short, more often. */
  constructor(model: GPT, texts: readonly Int32Array[], pass: Pass) {
    this.#model = model;
    this.#texts = texts;
    this.#pass = pass;
  }

  /** @param roomBytes - What all caches may take together. Texts for which it is too little are read whole. */
  async read(roots: readonly PrefixNode[], roomBytes: number): Promise<void> {
    const shared = roots.filter(({ children }) => children.length > 0);
    if (shared.length === 0) return await this.#readWhole(roots);
    const longest = shared.map(({ texts }) => largest(texts.map((text) => this.#texts[text].length)));
    const most = largest(longest);
    const fitting = Math.floor(roomBytes / 2 / this.#rowBytes(most + PADDING)); // half, and half of what is left for each level below
    if (fitting < 1) return await this.#readWhole(roots);
    await this.#readWhole(roots.filter(({ children }) => children.length === 0));
    for (const batch of batchesOf(longest, Math.min(BATCH_TOKENS, fitting * most))) {
      const nodes = batch.map((i) => shared[i]);
      const size = { rows: nodes.length, positions: longest[batch[0]], padding: PADDING };
      using cache = new KVCache(this.#model.config, size);
      await this.#read(nodes, cache);
      await this.#readBelow(
        nodes,
        cache,
        roomBytes - nodes.length * this.#rowBytes(size.positions + PADDING),
      );
    }
  }

  /** What comes after `parents`, which are the rows of the cache. It holds as much as before in the end. */
  async #readBelow(parents: readonly PrefixNode[], cache: KVCache, roomBytes: number): Promise<void> {
    const held = cache.lengths;
    const counts = parents.map(({ children }) => children.length);
    let turn = 0;
    for (const until of [...new Set(counts)].sort((a, b) => a - b)) {
      const rows = [...parents.keys()].filter((row) => counts[row] > turn);
      const steps: Step[] = []; // the same rows in every turn
      for (; turn < until; turn++)
        steps.push(...rows.map((row) => ({ row, node: parents[row].children[turn] })));
      if (steps.length > 0) await this.#readSteps(steps, rows.length, cache, roomBytes);
    }
    cache.lengths = held;
  }

  /** Turns of `rows` steps each. */
  async #readSteps(steps: readonly Step[], rows: number, cache: KVCache, roomBytes: number): Promise<void> {
    const held = cache.lengths;
    const [, positions] = cache.layers[0].shape;
    const rowBytes = this.#rowBytes(positions);
    const wide = this.#width(steps, rows, cache, Math.floor(roomBytes / 2 / rowBytes));
    if (wide < 1) return await this.#readWhole(steps.map(({ node }) => node));
    let copy: KVCache | undefined;
    let copied: number[] = [];
    try {
      for (let i = 0; i < steps.length; i += wide) {
        const chunk = steps.slice(i, i + wide);
        const from = chunk.map(({ row }) => row);
        const inPlace = equal(from, [...held.keys()]);
        if (!inPlace && !equal(from, copied)) {
          copy?.[Symbol.dispose]();
          copy = cache.fork(from);
          copied = from;
        }
        const own = inPlace ? cache : copy!;
        own.lengths = from.map((row) => held[row]);
        const nodes = chunk.map(({ node }) => node);
        await this.#read(nodes, own);
        await this.#readBelow(nodes, own, roomBytes - copied.length * rowBytes);
      }
    } finally {
      copy?.[Symbol.dispose]();
      cache.lengths = held;
    }
  }

  /**
   * How many steps make a pass; 0 where the memory is too little, with room for `fitting` rows more. T turns of n rows take
   * T / g passes and copies of g n rows: the sum is least at g = sqrt(T pass / (n copy)).
   */
  #width(steps: readonly Step[], rows: number, { lengths }: KVCache, fitting: number): number {
    const turns = steps.length / rows;
    const copy = (COPY / this.#model.config.nEmbd) * Math.max(...lengths);
    const best = Math.min(turns, Math.max(1, Math.round(Math.sqrt((turns * PASS) / (rows * copy)))));
    const together = Math.ceil(turns / Math.ceil(turns / best));
    const longest = largest(steps.map(({ node }) => node.end - node.begin));
    const most = Math.max(1, Math.floor(BATCH_TOKENS / longest));
    if (together === 1 && rows === lengths.length && rows <= most) return rows; // in place
    const limit = Math.min(most, fitting);
    return Math.min(together * rows, limit < rows ? limit : limit - (limit % rows));
  }

  async #read(nodes: readonly PrefixNode[], cache?: KVCache): Promise<void> {
    const rows = nodes.map(({ texts, begin, end }) => this.#texts[texts[0]].subarray(begin, end));
    const { x, t } = readRows(this.#model, rows, cache);
    try {
      await this.#pass(nodes, x, t);
    } finally {
      x.dispose();
    }
  }

  /** The texts below some nodes, from their first id on and without a cache. */
  async #readWhole(nodes: readonly PrefixNode[]): Promise<void> {
    const whole = nodes.flatMap((node) => this.#whole(node));
    const lengths = whole.map(({ end }) => end);
    for (const batch of batchesOf(lengths, BATCH_TOKENS)) await this.#read(batch.map((i) => whole[i]));
  }

  /** A leaf's texts are equal: one is enough. */
  #whole(node: PrefixNode): PrefixNode[] {
    if (node.children.length === 0) return [{ ...node, begin: 0 }];
    return node.texts.map((text) => ({
      begin: 0,
      end: this.#texts[text].length,
      texts: [text],
      children: [],
    }));
  }

  #rowBytes(positions: number): number {
    return kvCacheBytes(this.#model.config, positions);
  }
}

/** Of any number of positive numbers: they are not arguments of a call. */
function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
