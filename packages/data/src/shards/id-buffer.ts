/** Ids gathered for a file, up to as many as it may have. Room is made as they come. */
export class IdBuffer {
  readonly #capacity: number;
  #room: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  #length = 0;

  /** @param width - Bytes of an id. */
  constructor(width: 2 | 4, capacity: number) {
    this.#capacity = capacity;
    const first = Math.min(capacity, 2 ** 16);
    this.#room = width === 2 ? new Uint16Array(first) : new Uint32Array(first);
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length === this.#capacity;
  }

  /** Takes as many of `ids`, from `begin` on, as there is room for, and says how many. */
  take(ids: ArrayLike<number>, begin: number): number {
    const count = Math.min(ids.length - begin, this.#capacity - this.#length);
    const needed = this.#length + count;
    if (needed > this.#room.length) {
      const grown = Math.min(this.#capacity, Math.max(needed, 2 * this.#room.length));
      const room = this.#room instanceof Uint16Array ? new Uint16Array(grown) : new Uint32Array(grown);
      room.set(this.#room.subarray(0, this.#length));
      this.#room = room;
    }
    for (let i = 0; i < count; i++) this.#room[this.#length + i] = ids[begin + i];
    this.#length = needed;
    return count;
  }

  /** The bytes of what was gathered, valid until more is taken. */
  bytes(): Uint8Array {
    const { buffer, BYTES_PER_ELEMENT } = this.#room;
    return new Uint8Array(buffer, 0, this.#length * BYTES_PER_ELEMENT);
  }

  clear(): void {
    this.#length = 0;
  }
}
