/** tfjs's heap: where tensors live, and scratch space for kernels that need some. */
import { GptError } from '@gpt-ts/core';
import { type KernelTable, sizeOf } from '@gpt-ts/kernels';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** A tensor as the kernels see it. */
export interface WasmTensor {
  readonly info: TensorInfo;
  readonly shape: readonly number[];
  /** Address in bytes. */
  readonly at: number;
}

/** The most a 32-bit WebAssembly memory can hold. */
export const HEAP_BYTES: number = 2 ** 32;

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
  #ints = 0;
  #intsLength = 0;
  #made: WasmTensor[] = []; // by the kernel that runs now

  constructor(backend: KernelBackend) {
    this.#backend = backend as BackendWasm;
    guardMalloc(tfjsModule(backend));
  }

  /** The tensor behind a handle. */
  open(info: TensorInfo): WasmTensor {
    return { info, shape: info.shape, at: this.#backend.getMemoryOffset(info.dataId) >>> 0 };
  }

  /** A new float32 tensor, not cleared. */
  make(shape: readonly number[]): WasmTensor {
    const made = this.open(this.#backend.makeOutput([...shape], 'float32'));
    this.#made.push(made);
    return made;
  }

  /** A tensor that may be overwritten: the given one when nobody else refers to its data, else a copy. */
  own(x: WasmTensor): WasmTensor {
    if (this.#backend.refCount(x.info.dataId) <= 1) return x;
    const copy = this.make(x.shape);
    const bytes = 4 * sizeOf(x.shape);
    new Uint8Array(heapMemory(this.#backend).buffer).copyWithin(copy.at, x.at, x.at + bytes);
    return copy;
  }

  /** Copies floats into a tensor from one of its elements on. */
  write(x: WasmTensor, offset: number, values: Float32Array): void {
    new Float32Array(heapMemory(this.#backend).buffer, x.at, sizeOf(x.shape)).set(values, offset);
  }

  /** Puts integers where kernels can read them, until the next call. Returns the address. */
  int32s(values: readonly number[]): number {
    if (values.length > this.#intsLength) {
      if (this.#ints !== 0) tfjsModule(this.#backend)._free(this.#ints);
      this.#ints = 0;
      this.#intsLength = 0;
      this.#ints = this.allocate(4 * values.length);
      this.#intsLength = values.length;
    }
    new Int32Array(heapMemory(this.#backend).buffer, this.#ints, values.length).set(values);
    return this.#ints;
  }

  /** The same kernels; when one fails, the tensors it had made by then are freed. */
  guarded(table: KernelTable<WasmTensor>): KernelTable<WasmTensor> {
    const guard =
      (kernel: (inputs: never, attrs: never) => WasmTensor[]) => (inputs: never, attrs: never) => {
        this.#made = [];
        try {
          return kernel(inputs, attrs);
        } catch (error) {
          for (const { info } of this.#made) this.#backend.disposeData(info.dataId);
          throw error;
        }
      };
    return Object.fromEntries(
      Object.entries(table).map(([name, kernel]) => [name, guard(kernel)]),
    ) as unknown as KernelTable<WasmTensor>;
  }

  /** Another reference to a tensor that a kernel updated in place. */
  share(info: TensorInfo): TensorInfo {
    this.#backend.incRef(info.dataId);
    return { dataId: info.dataId, shape: info.shape, dtype: info.dtype };
  }

  /** Memory that is never freed. */
  allocate(bytes: number): number {
    return tfjsModule(this.#backend)._malloc(bytes) >>> 0;
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

  /** One float at an address. */
  float32At(address: number): number {
    return new Float32Array(heapMemory(this.#backend).buffer, address, 1)[0];
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

/**
 * Makes allocation throw where tfjs would go on with address 0 and write over what lies there.
 *
 * Emscripten puts the real function in place at the first call, so there is one before ours takes its place.
 */
function guardMalloc(module: TfjsModule): void {
  module._free(module._malloc(1));
  const malloc = module._malloc;
  module._malloc = (bytes) => {
    const address = bytes < HEAP_BYTES ? malloc(bytes) : 0; // malloc would see only the low 32 bits
    if (address === 0 && bytes > 0) throw new OutOfMemoryError(bytes);
    return address;
  };
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
