/** Sets that grow together (union-find). The smallest number in a set stands for it, whatever the order of joins. */
export class DisjointSets {
  readonly #parent: Uint32Array;

  /** The numbers 0 to `size - 1`, each a set of its own. Four bytes a number. */
  constructor(size: number) {
    this.#parent = new Uint32Array(size);
    for (let i = 0; i < size; i++) this.#parent[i] = i;
  }

  /** The smallest number in the set of `i`. */
  first(i: number): number {
    const parent = this.#parent;
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]]; // every second step shorter, for the next time
      at = parent[at];
    }
    return at;
  }

  /** Makes one set of two. */
  join(i: number, j: number): void {
    const a = this.first(i);
    const b = this.first(j);
    if (a < b) this.#parent[b] = a;
    else this.#parent[a] = b;
  }
}
