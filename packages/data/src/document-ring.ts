/**
 * A corpus read as one endless text: end-of-text before each document, and after the last comes the first again.
 *
 *     | eot a a a | eot b b | eot c c c c |      positions 0 .. length - 1, then 0 again
 *
 * A lone text without end-of-text is no ring: what follows its last id is unknown, and is never asked for.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Corpus } from './corpus.js';
import { lastAtOrBelow } from './last-at-or-below.js';

/** Number `from` of document `at`; -1 is the end-of-text before it. */
interface Place {
  at: number;
  from: number;
}

export class DocumentRing {
  /** Positions with an id to predict after them. */
  readonly targets: number;
  /** Where documents begin, end-of-text included, and at the end the length of the ring. */
  readonly starts: Float64Array;
  readonly #corpus: Corpus;
  readonly #order: ArrayLike<number> | undefined;
  readonly #lead: 0 | 1; // ids before a document

  /** @param order - The documents by number as they come round. Default: as they stand in the corpus. */
  constructor(corpus: Corpus, order?: ArrayLike<number>) {
    const { begins, ends, eotId } = corpus;
    this.#corpus = corpus;
    this.#order = order;
    this.#lead = eotId === undefined ? 0 : 1;
    if (eotId === undefined && begins.length > 1) {
      throw new InvalidArgumentError({
        argument: 'corpus.eotId',
        expected: `an id to stand between ${begins.length} documents that share sequences`,
        received: eotId,
        hint: "Give the corpus an eotId, or keep documents 'apart' or 'padded'.",
      });
    }
    this.starts = new Float64Array(begins.length + 1);
    for (let i = 0; i < begins.length; i++) {
      const k = this.#document(i);
      this.starts[i + 1] = this.starts[i] + this.#lead + ends[k] - begins[k];
    }
    this.targets = this.length - 1 + this.#lead;
  }

  get length(): number {
    return this.starts[this.starts.length - 1];
  }

  /** Writes the window that starts at a position: `nCtx` ids, and those one further on. */
  write(position: number, inputs: Int32Array, targets: Int32Array): void {
    const at = lastAtOrBelow(this.starts, position % this.length);
    const begin = { at, from: (position % this.length) - this.starts[at] - this.#lead };
    const next = this.#read(begin, inputs);
    targets.set(inputs.subarray(1));
    this.#read(next, targets.subarray(-1));
  }

  /** Fills `out` from a place on, and says which place follows. */
  #read({ at, from }: Place, out: Int32Array): Place {
    const { ids, begins, ends, eotId } = this.#corpus;
    for (let filled = 0; filled < out.length; ) {
      const k = this.#document(at);
      if (from < 0) {
        out[filled++] = eotId!;
        from = 0;
      }
      const begin = begins[k] + from;
      const end = Math.min(ends[k], begin + out.length - filled);
      if (end > begin) out.set(ids.subarray(begin, end), filled);
      filled += end - begin;
      from += end - begin;
      if (end < ends[k]) continue;
      at = (at + 1) % begins.length;
      from = -this.#lead;
    }
    return { at, from };
  }

  #document(at: number): number {
    return this.#order ? this.#order[at] : at;
  }
}

/** Throws {@link InvalidArgumentError} unless a window fits into the ring. */
export function assertRoom({ targets }: DocumentRing, nCtx: number): void {
  if (targets >= nCtx) return;
  throw new InvalidArgumentError({
    argument: 'nCtx',
    expected: `at most ${targets}, the ids to predict in this corpus`,
    received: nCtx,
    hint: "Give a longer text or a smaller nCtx, or fill up short documents with documents: 'padded'.",
  });
}
