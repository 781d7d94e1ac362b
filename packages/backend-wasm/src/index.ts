export { OutOfMemoryError } from './heap.js';
export { RelaxedSimdError, type SimdVariant } from './simd.js';
export { useWasmBackend, type WasmBackendInfo, type WasmBackendOptions } from './use-wasm-backend.js';
export { WorkerLostError } from './worker-lost-error.js';
