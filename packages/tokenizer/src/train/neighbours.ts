/** What one merge finds beside its pair: how often each id, and in how many places. */
export class Neighbours {
  readonly count: Float64Array;
  readonly places: Int32Array;
  readonly #seen: Int32Array;
  #size = 0;

  /** @param nIds - How many ids there may be. */
  constructor(nIds: number) {
    this.count = new Float64Array(nIds);
    this.places = new Int32Array(nIds);
    this.#seen = new Int32Array(nIds);
  }

  add(id: number, weight: number): void {
    if (this.places[id]++ === 0) this.#seen[this.#size++] = id;
    this.count[id] += weight;
  }

  /** The ids that were added, in that order. */
  get ids(): Int32Array {
    return this.#seen.subarray(0, this.#size);
  }

  clear(): void {
    for (const id of this.ids) {
      this.count[id] = 0;
      this.places[id] = 0;
    }
    this.#size = 0;
  }
}
