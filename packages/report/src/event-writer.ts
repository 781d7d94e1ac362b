import type { ByteBuffer } from './byte-buffer.js';
import { ProtobufWriter } from './protobuf.js';
import { tfRecord } from './tf-record.js';

/** Fields of TensorFlow's messages, from tensorflow/core/util/event.proto and tensorflow/core/framework/. */
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 };
const SUMMARY = { value: 1 };
const VALUE = { tag: 1, simpleValue: 2, tensor: 8, metadata: 9 };
const METADATA = { pluginData: 1 };
const PLUGIN_DATA = { pluginName: 1 };
const TENSOR = { dtype: 1, shape: 2, stringValue: 8 };
const SHAPE = { dimension: 2 };
const DIMENSION = { size: 1 };
const DT_STRING = 7;

export type Scalar = [tag: string, value: number];

/** Writes TensorFlow's events, a record each. Times are in ms since 1970. */
export class EventWriter {
  readonly #out: ByteBuffer;
  readonly #fields: ProtobufWriter;
  readonly #tags = new Map<string, Uint8Array>(); // each is written at every step

  constructor(out: ByteBuffer) {
    this.#out = out;
    this.#fields = new ProtobufWriter(out);
  }

  /** The first event of a file. */
  version(time: number): void {
    this.#event(time, 0, () => this.#fields.text(EVENT.fileVersion, 'brain.Event:2'));
  }

  /** The numbers that are there, in one event. */
  scalars(time: number, step: number, values: Scalar[]): void {
    const there = values.filter(([, value]) => !Number.isNaN(value));
    if (there.length === 0) return;
    const fields = this.#fields;
    this.#values(time, step, () => {
      for (const [tag, value] of there) {
        fields.message(SUMMARY.value, () => {
          fields.block(VALUE.tag, this.#tag(tag));
          fields.float(VALUE.simpleValue, value);
        });
      }
    });
  }

  /** A vector of strings, for TensorBoard's `text` plugin. It reads Markdown: what is indented is shown as it is. */
  texts(time: number, step: number, tag: string, all: string[]): void {
    const fields = this.#fields;
    this.#values(time, step, () =>
      fields.message(SUMMARY.value, () => {
        fields.text(VALUE.tag, tag);
        fields.message(VALUE.metadata, () =>
          fields.message(METADATA.pluginData, () => fields.text(PLUGIN_DATA.pluginName, 'text')),
        );
        fields.message(VALUE.tensor, () => {
          fields.varint(TENSOR.dtype, DT_STRING);
          fields.message(TENSOR.shape, () =>
            fields.message(SHAPE.dimension, () => fields.varint(DIMENSION.size, all.length)),
          );
          for (const each of all) fields.text(TENSOR.stringValue, each.replace(/^/gm, '    '));
        });
      }),
    );
  }

  #tag(tag: string): Uint8Array {
    let bytes = this.#tags.get(tag);
    if (bytes === undefined) this.#tags.set(tag, (bytes = new TextEncoder().encode(tag)));
    return bytes;
  }

  #values(time: number, step: number, write: () => void): void {
    this.#event(time, step, () => this.#fields.message(EVENT.summary, write));
  }

  #event(time: number, step: number, write: () => void): void {
    tfRecord(this.#out, () => {
      this.#fields.double(EVENT.wallTime, time / 1000);
      this.#fields.varint(EVENT.step, step);
      write();
    });
  }
}
