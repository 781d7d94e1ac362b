/** Bytes that are written one after another; grows by doubling. */
export class ByteBuffer {
  bytes: Uint8Array = new Uint8Array(1024);
  view: DataView = new DataView(this.bytes.buffer);
  length = 0;

  /** Makes room at the end. Returns where it begins. */
  reserve(count: number): number {
    const start = this.length;
    this.length += count;
    if (this.length > this.bytes.length) {
      const longer = new Uint8Array(2 * this.length);
      longer.set(this.bytes);
      this.bytes = longer;
      this.view = new DataView(longer.buffer);
    }
    return start;
  }

  append(bytes: Uint8Array): void {
    const start = this.reserve(bytes.length);
    this.bytes.set(bytes, start);
  }

  /** A copy of a stretch, by default of everything. */
  slice(start = 0): Uint8Array {
    return this.bytes.slice(start, this.length);
  }
}
