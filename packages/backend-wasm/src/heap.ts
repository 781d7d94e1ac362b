/** tfjs's heap: where tensors live, and scratch space for kernels that need some. */
import { GptError } from '@gpt-ts/core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** A tensor as the kernels see it. */
export interface WasmTensor {
  readonly info: TensorInfo;
  readonly shape: readonly number[];
  /** Address in bytes. */
  readonly at: number;
}

const HEAP_BYTES = 2 ** 32;

/** The heap is full: a 32-bit WebAssembly memory ends at 4 GiB. */
export class OutOfMemoryError extends GptError {
  readonly bytes: number;

  constructor(bytes: number) {
    super('out-of-memory', {
      message: `no room for ${bytes} bytes in the WebAssembly heap (4 GiB at most).`,
      hint: 'Use a smaller batch, a shorter context or a smaller model.',
    });
    this.bytes = bytes;
  }
}

/** Addresses and allocation on tfjs's heap. */
export class Heap {
  readonly #backend: BackendWasm;
  #scratch = 0;
  #scratchBytes = 0;

  constructor(backend: KernelBackend) {
    this.#backend = backend as BackendWasm;
  }

  /** The tensor behind a handle. */
  open(info: TensorInfo): WasmTensor {
    return { info, shape: info.shape, at: this.#backend.getMemoryOffset(info.dataId) >>> 0 };
  }

  /** A new float32 tensor, not cleared. */
  make(shape: readonly number[]): WasmTensor {
    const bytes = 4 * shape.reduce((product, dim) => product * dim, 1);
    if (bytes >= HEAP_BYTES) throw new OutOfMemoryError(bytes); // malloc would see only the low 32 bits
    const info = this.#backend.makeOutput([...shape], 'float32');
    const made = this.open(info);
    if (made.at === 0) {
      this.#backend.disposeData(info.dataId);
      throw new OutOfMemoryError(bytes);
    }
    return made;
  }

  /** Another reference to a tensor that a kernel updated in place. */
  share(info: TensorInfo): TensorInfo {
    this.#backend.incRef(info.dataId);
    return { dataId: info.dataId, shape: info.shape, dtype: info.dtype };
  }

  /** Memory that is never freed. */
  allocate(bytes: number): number {
    const address = tfjsModule(this.#backend)._malloc(bytes) >>> 0;
    if (address === 0) throw new OutOfMemoryError(bytes);
    return address;
  }

  /** Scratch memory, valid until the next call. */
  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      if (this.#scratch !== 0) tfjsModule(this.#backend)._free(this.#scratch);
      this.#scratch = 0;
      this.#scratchBytes = 0;
      this.#scratch = this.allocate(bytes);
      this.#scratchBytes = bytes;
    }
    return this.#scratch;
  }

  /** One int32 at an address, for error messages. */
  int32At(address: number): number {
    return new Int32Array(heapMemory(this.#backend).buffer, address, 1)[0];
  }
}

/** The memory behind tfjs's wasm backend. */
export function heapMemory(backend: KernelBackend): WebAssembly.Memory {
  return tfjsModule(backend).asm.memory;
}

/** The part of tfjs's module that we rely on. It is not public there: checked here, and covered by tests. */
interface TfjsModule {
  asm: { memory: WebAssembly.Memory };
  _malloc(bytes: number): number;
  _free(address: number): void;
}

function tfjsModule(backend: KernelBackend): TfjsModule {
  const { wasm } = backend as unknown as { wasm?: Partial<TfjsModule> };
  if (!(wasm?.asm?.memory instanceof WebAssembly.Memory) || !wasm._malloc || !wasm._free) {
    throw new GptError('unsupported-tfjs', {
      message: 'this tfjs-backend-wasm does not expose its memory where 4.22.0 does.',
      hint: 'Install @tensorflow/tfjs-backend-wasm 4.22.0.',
    });
  }
  return wasm as TfjsModule;
}
