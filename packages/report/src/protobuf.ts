import type { ByteBuffer } from './byte-buffer.js';

const [VARINT, FIXED64, LENGTH, FIXED32] = [0, 1, 2, 5]; // wire types
const ENCODER = new TextEncoder();

/**
 * Writes a protobuf message field by field; only the kinds of fields that TensorBoard's files need. A field is its number
 * and type as a varint, then its value; texts and messages begin with their length.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 * @example
 * const out = new ByteBuffer();
 * new ProtobufWriter(out).varint(1, 150);
 * out.slice(); // => Uint8Array.of(0x08, 0x96, 0x01)
 */
export class ProtobufWriter {
  readonly #out: ByteBuffer;

  constructor(out: ByteBuffer) {
    this.#out = out;
  }

  /** A whole number from 0 to 2^53. */
  varint(field: number, value: number): void {
    this.#varint(field * 8 + VARINT);
    this.#varint(value);
  }

  double(field: number, value: number): void {
    this.#varint(field * 8 + FIXED64);
    const at = this.#out.reserve(8);
    this.#out.view.setFloat64(at, value, true);
  }

  float(field: number, value: number): void {
    this.#varint(field * 8 + FIXED32);
    const at = this.#out.reserve(4);
    this.#out.view.setFloat32(at, value, true);
  }

  text(field: number, value: string): void {
    this.block(field, ENCODER.encode(value));
  }

  /** Bytes, or a text that is in UTF-8 already. */
  block(field: number, value: Uint8Array): void {
    this.#varint(field * 8 + LENGTH);
    this.#varint(value.length);
    this.#out.append(value);
  }

  /** @param write - Writes the fields of the inner message. */
  message(field: number, write: () => void): void {
    this.#varint(field * 8 + LENGTH);
    const start = this.#out.reserve(1);
    write();
    const length = this.#out.length - start - 1;
    const more = varintLength(length) - 1; // bytes that the length takes beyond the first
    this.#out.reserve(more);
    if (more > 0) this.#out.bytes.copyWithin(start + 1 + more, start + 1, start + 1 + length);
    putVarint(this.#out.bytes, start, length);
  }

  #varint(value: number): void {
    const at = this.#out.reserve(varintLength(value));
    putVarint(this.#out.bytes, at, value);
  }
}

function varintLength(value: number): number {
  let length = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) length++;
  return length;
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function putVarint(bytes: Uint8Array, start: number, value: number): void {
  let at = start;
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) + 128;
  bytes[at] = rest;
}
