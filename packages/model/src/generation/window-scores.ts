/** Log-probabilities of the last ids of some windows, from the hidden states that a reader hands over. */
import { embedding, idTensor, matMul, type Tensor, tidy } from '@gpt-ts/kernels';
import type { GPT } from '../gpt.js';
import { argmax } from './argmax.js';
import { logSumExp } from './log-probability.js';
import type { PrefixNode } from './prefix-tree.js';
import { PAD } from './read-rows.js';

/** Most logits at a time: 16 MiB. */
const BATCH_LOGITS = 2 ** 22;

/** What is fed, and what its last positions are to predict. */
export interface Window {
  inputs: Int32Array;
  targets: Int32Array;
}

/** What a window's targets score. */
interface WindowScore {
  /** log p of each target, in nats. */
  logProbs: Float64Array;
  /** Whether greedy decoding would have written them. */
  isGreedy: boolean;
}

/** A target that is predicted somewhere. */
interface Asked {
  window: number;
  target: number;
}

/** Scores that fill up while windows are read; what is read twice is scored the same twice. */
export class WindowScores {
  readonly scores: readonly WindowScore[];
  readonly #model: GPT;
  readonly #nDrawable: number;
  readonly #windows: readonly Window[];

  /** @param nDrawable - Greedy decoding writes ids below this. */
  constructor(model: GPT, nDrawable: number, windows: readonly Window[]) {
    this.#model = model;
    this.#nDrawable = nDrawable;
    this.#windows = windows;
    this.scores = windows.map(({ targets }) => ({
      logProbs: new Float64Array(targets.length),
      isGreedy: true,
    }));
  }

  /** Scores what is asked of the positions that a pass has read. */
  async take(nodes: readonly PrefixNode[], hidden: Tensor, t: number): Promise<void> {
    const { nVocab } = this.#model.config;
    const asked = [...this.#askedOf(nodes, t)];
    const size = Math.max(PAD, Math.floor(BATCH_LOGITS / nVocab));
    for (let begin = 0; begin < asked.length; begin += size) {
      const chunk = asked.slice(begin, begin + size);
      const at = chunk.map(([position]) => position);
      const logits = await this.#logits(hidden, at);
      for (const [i, [, all]] of chunk.entries())
        this.#score(logits.subarray(i * nVocab, (i + 1) * nVocab), all);
    }
  }

  /** By position among the `[B * T]`. Windows that have it in common ask it together. */
  #askedOf(nodes: readonly PrefixNode[], t: number): Map<number, Asked[]> {
    const asked = new Map<number, Asked[]>();
    for (const [row, { begin, end, texts }] of nodes.entries()) {
      for (const window of texts) {
        const { inputs, targets } = this.#windows[window];
        const first = inputs.length - targets.length; // position that predicts the first target
        for (let position = Math.max(begin, first); position < end; position++) {
          const at = row * t + position - begin;
          const all = asked.get(at);
          const one = { window, target: position - first };
          if (all) all.push(one);
          else asked.set(at, [one]);
        }
      }
    }
    return asked;
  }

  #score(logits: Float32Array, asked: readonly Asked[]): void {
    const total = logSumExp(logits);
    const greedy = argmax(logits.subarray(0, this.#nDrawable));
    for (const { window, target } of asked) {
      const id = this.#windows[window].targets[target];
      this.scores[window].logProbs[target] = logits[id] - total;
      if (id !== greedy) this.scores[window].isGreedy = false;
    }
  }

  /** Logits `[positions, V]` of some of the hidden states. */
  async #logits(x: Tensor, positions: readonly number[]): Promise<Float32Array> {
    const logits = tidy(() => {
      const padded = [...positions, ...Array<number>(Math.max(0, PAD - positions.length)).fill(0)];
      const some = embedding(x, idTensor(Int32Array.from(padded), [padded.length])); // [positions, C]
      return matMul(some, this.#model.tokenHead(), { transposeB: true }); // [positions, V]
    });
    try {
      return (await logits.data()) as Float32Array;
    } finally {
      logits.dispose();
    }
  }
}
