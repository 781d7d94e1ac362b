import type { Storage } from '@gpt-ts/core';

/** A file of a storage that is written piece by piece, by whoever has them. It is there when it is closed, or never. */
export class FilePump {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #written: Promise<void>;

  constructor(storage: Storage, name: string) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.#writer = writable.getWriter();
    this.#written = storage.write(name, piecesOf(readable));
    this.#written.catch(() => undefined); // it is thrown by what is called next
  }

  /** Waits until the piece is on its way; it may not be changed any more. */
  async write(piece: Uint8Array): Promise<void> {
    await this.#writer.write(piece).catch(() => this.#written);
  }

  async close(): Promise<void> {
    await this.#writer.close().catch(() => undefined); // why is known to `#written`
    await this.#written;
  }

  async abort(): Promise<void> {
    await this.#writer.abort(new Error('given up')).catch(() => undefined);
    await this.#written.catch(() => undefined);
  }
}

async function* piecesOf(readable: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // nobody reads on: writing ends with an error
  }
}
