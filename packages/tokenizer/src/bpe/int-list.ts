/** A list of whole numbers: an array of JavaScript's takes twice the memory, and the garbage collector's time. */
import { grown } from './grown.js';

const FIRST_ROOM = 8;

/** Numbers in the order they were added. */
export class IntList {
  #items: Int32Array = new Int32Array(FIRST_ROOM);
  #length = 0;
  #ascending = true;

  push(item: number): void {
    if (this.#length === this.#items.length) this.#items = grown(this.#items, 2 * this.#length);
    if (this.#length > 0 && item < this.#items[this.#length - 1]) this.#ascending = false;
    this.#items[this.#length++] = item;
  }

  /** All items in ascending order: a view, for the caller to change, of a list that is done with. */
  sorted(): Int32Array {
    const items = this.#items.subarray(0, this.#length);
    return this.#ascending ? items : items.sort();
  }
}
